using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Converging;

/// <summary>
/// Starts what CloudFormation is to do; it never waits. Every write carries the step's token, so that a second attempt after a lost answer
/// is the same operation: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
/// </summary>
public sealed class StackConverger
{
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    private const int MaxTemplateBytes = 51_200;

    private const string NoUpdates = "No updates are to be performed";

    /// <param name="token">At most 128 letters, digits and hyphens: the hash of release, step and attempt.</param>
    /// <exception cref="ArgumentException">The step is not one for CloudFormation.</exception>
    public async Task<StepOutcome> StartAsync(AwsSession session, PlanStep step, string token, CancellationToken cancellationToken)
    {
        try
        {
            return step switch
            {
                PlanStep.CreateStack { Stack: var stack } => await CreateAsync(session, stack, token, cancellationToken),
                PlanStep.UpdateStack { Stack: var stack } => await UpdateAsync(session, stack, token, cancellationToken),
                PlanStep.DeleteFailedStack failed => await DeleteAsync(session, failed, token, cancellationToken),
                PlanStep.ContinueRollback rollback => await ContinueAsync(session, rollback, token, cancellationToken),
                PlanStep.Wait or PlanStep.RegisterTaskDefinition or PlanStep.AskPerson =>
                    throw new ArgumentException($"{step.GetType().Name} is not a step for CloudFormation.", nameof(step)),
                _ => throw new ArgumentOutOfRangeException(nameof(step)),
            };
        }
        catch (AlreadyExistsException e)
        {
            return new StepOutcome.Busy(e.Message);
        }
        catch (TokenAlreadyExistsException e)
        {
            return new StepOutcome.Busy(e.Message);
        }
        catch (InsufficientCapabilitiesException e)
        {
            return new StepOutcome.Refused(e.Message);
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError())
        {
            return OutcomeOf(e.Message);
        }
    }

    // CloudFormation has one error code for all of these, and only the text tells them apart.
    private static StepOutcome OutcomeOf(string message) => message switch
    {
        _ when message.Contains(NoUpdates, StringComparison.Ordinal) => new StepOutcome.NothingToDo(),
        _ when message.Contains("state and can not be", StringComparison.Ordinal) => new StepOutcome.Busy(message),
        _ when message.Contains("_IN_PROGRESS state", StringComparison.Ordinal) => new StepOutcome.Busy(message),
        _ when message.StartsWith("Stack", StringComparison.Ordinal) && message.EndsWith("does not exist", StringComparison.Ordinal) =>
            new StepOutcome.Busy(message),
        _ => new StepOutcome.Refused(message),
    };

    private static async Task<StepOutcome> CreateAsync(AwsSession session, StackSpec stack, string token, CancellationToken cancellationToken)
    {
        if (TooLarge(stack) is { } refused)
        {
            return refused;
        }

        var request = new CreateStackRequest
        {
            StackName = stack.Name.Value,
            TemplateBody = stack.TemplateBody,
            Parameters = ParametersOf(stack),
            Tags = TagsOf(stack),
            Capabilities = CapabilitiesOf(stack),
            OnFailure = OnFailure.ROLLBACK,
            ClientRequestToken = token,
        };
        var response = await session.CloudFormation.CreateStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(response.StackId);
    }

    private static async Task<StepOutcome> UpdateAsync(AwsSession session, StackSpec stack, string token, CancellationToken cancellationToken)
    {
        if (TooLarge(stack) is { } refused)
        {
            return refused;
        }

        var request = new UpdateStackRequest
        {
            StackName = stack.Name.Value,
            TemplateBody = stack.TemplateBody,
            Parameters = ParametersOf(stack),
            Tags = TagsOf(stack),
            Capabilities = CapabilitiesOf(stack),
            ClientRequestToken = token,
        };
        var response = await session.CloudFormation.UpdateStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(response.StackId);
    }

    private static async Task<StepOutcome> DeleteAsync(
        AwsSession session, PlanStep.DeleteFailedStack failed, string token, CancellationToken cancellationToken)
    {
        // By id: another stack may have taken the name since, and a deleted one answers as if it was deleted now.
        var request = new DeleteStackRequest { StackName = failed.StackId, ClientRequestToken = token };
        await session.CloudFormation.DeleteStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(failed.StackId);
    }

    private static async Task<StepOutcome> ContinueAsync(
        AwsSession session, PlanStep.ContinueRollback rollback, string token, CancellationToken cancellationToken)
    {
        var request = new ContinueUpdateRollbackRequest { StackName = rollback.Stack.Value, ClientRequestToken = token };
        await session.CloudFormation.ContinueUpdateRollbackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(rollback.Stack.Value);
    }

    private static StepOutcome.Refused? TooLarge(StackSpec stack)
    {
        var size = System.Text.Encoding.UTF8.GetByteCount(stack.TemplateBody);
        return size <= MaxTemplateBytes
            ? null
            : new StepOutcome.Refused($"The template of {stack.Name} has {size} bytes; CloudFormation takes {MaxTemplateBytes}.");
    }

    private static List<Parameter> ParametersOf(StackSpec stack) =>
        [.. stack.Parameters.Select(p => new Parameter { ParameterKey = p.Key, ParameterValue = p.Value })];

    private static List<Tag> TagsOf(StackSpec stack) => [.. stack.Tags.Select(t => new Tag { Key = t.Key, Value = t.Value })];

    private static List<string> CapabilitiesOf(StackSpec stack) => stack.MakesRoles ? [Capability.CAPABILITY_IAM] : [];
}
