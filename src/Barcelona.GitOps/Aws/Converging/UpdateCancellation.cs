using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Aws.Converging;

/// <summary>
/// Tells CloudFormation to give an update up and to put back what was: possible in UPDATE_IN_PROGRESS alone.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html
/// </summary>
public sealed class UpdateCancellation
{
    /// <param name="token">At most 128 letters, digits and hyphens: the same for the same wish.</param>
    public async Task<StepOutcome> StartAsync(AwsSession session, ObservedStack stack, string token, CancellationToken cancellationToken)
    {
        var request = new CancelUpdateStackRequest { StackName = stack.Id, ClientRequestToken = token };
        try
        {
            await session.CloudFormation.CancelUpdateStackAsync(request, cancellationToken).Translated(cancellationToken);
            return new StepOutcome.Started(stack.Id);
        }
        catch (TokenAlreadyExistsException e)
        {
            return new StepOutcome.Busy(e.Message);
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError())
        {
            // It came to its end a moment ago.
            return new StepOutcome.Busy(e.Message);
        }
    }
}
