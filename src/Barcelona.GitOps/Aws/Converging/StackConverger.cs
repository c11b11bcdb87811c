using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Aws.Converging;

/// <summary>
/// Starts what CloudFormation is to do; it never waits. Every write carries the step's token, so that a second attempt after a lost answer
/// is the same operation: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
/// </summary>
public sealed class StackConverger(TemplateUploads templates)
{
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
                PlanStep.DeleteFailedStack failed => await DeleteAsync(session, failed.StackId, token, cancellationToken),
                PlanStep.DeleteStack unwanted => await DeleteAsync(session, unwanted.StackId, token, cancellationToken),
                PlanStep.Unprotect unprotect => await UnprotectAsync(session, unprotect, token, cancellationToken),
                PlanStep.ContinueRollback rollback => await ContinueAsync(session, rollback, token, cancellationToken),
                PlanStep.Wait or PlanStep.Later or PlanStep.RegisterTaskDefinition or PlanStep.AskPerson =>
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

    private async Task<StepOutcome> CreateAsync(AwsSession session, StackSpec stack, string token, CancellationToken cancellationToken)
    {
        var template = await templates.PlaceAsync(session, stack, cancellationToken);
        var request = new CreateStackRequest
        {
            StackName = stack.Name.Value,
            TemplateBody = template.Body,
            TemplateURL = template.Url,
            Parameters = ParametersOf(stack),
            Tags = TagsOf(stack),
            Capabilities = CapabilitiesOf(stack),
            OnFailure = OnFailure.ROLLBACK,
            ClientRequestToken = token,
        };
        var response = await session.CloudFormation.CreateStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(response.StackId);
    }

    private async Task<StepOutcome> UpdateAsync(AwsSession session, StackSpec stack, string token, CancellationToken cancellationToken)
    {
        var template = await templates.PlaceAsync(session, stack, cancellationToken);
        var request = new UpdateStackRequest
        {
            StackName = stack.Name.Value,
            TemplateBody = template.Body,
            TemplateURL = template.Url,
            Parameters = ParametersOf(stack),
            Tags = TagsOf(stack),
            Capabilities = CapabilitiesOf(stack),
            ClientRequestToken = token,
        };
        var response = await session.CloudFormation.UpdateStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(response.StackId);
    }

    private static async Task<StepOutcome> DeleteAsync(AwsSession session, string stackId, string token, CancellationToken cancellationToken)
    {
        // By id: another stack may have taken the name since, and a deleted one answers as if it was deleted now.
        var request = new DeleteStackRequest { StackName = stackId, ClientRequestToken = token };
        await session.CloudFormation.DeleteStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(stackId);
    }

    /// <summary>With the template that it has: of an endpoint that the file has no longer, no other can be written.</summary>
    private static async Task<StepOutcome> UnprotectAsync(
        AwsSession session, PlanStep.Unprotect step, string token, CancellationToken cancellationToken)
    {
        var request = new UpdateStackRequest
        {
            StackName = step.Stack.Value,
            UsePreviousTemplate = true,
            Parameters = [.. step.Parameters.Select(Kept)],
            Capabilities = [Capability.CAPABILITY_IAM],
            ClientRequestToken = token,
        };
        var response = await session.CloudFormation.UpdateStackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(response.StackId);
    }

    // Its fingerprint goes too: should the endpoint be wanted again, it is no longer as it was.
    private static Parameter Kept(string name) => name switch
    {
        DistrictStackKeys.ProtectionParameter => new() { ParameterKey = name, ParameterValue = "false" },
        StackKeys.FingerprintParameter => new() { ParameterKey = name, ParameterValue = "unprotected" },
        _ => new() { ParameterKey = name, UsePreviousValue = true },
    };

    private static async Task<StepOutcome> ContinueAsync(
        AwsSession session, PlanStep.ContinueRollback rollback, string token, CancellationToken cancellationToken)
    {
        var request = new ContinueUpdateRollbackRequest { StackName = rollback.Stack.Value, ClientRequestToken = token };
        await session.CloudFormation.ContinueUpdateRollbackAsync(request, cancellationToken).Translated(cancellationToken);
        return new StepOutcome.Started(rollback.Stack.Value);
    }

    private static List<Parameter> ParametersOf(StackSpec stack) =>
        [.. stack.Parameters.Select(p => new Parameter { ParameterKey = p.Key, ParameterValue = p.Value })];

    private static List<Tag> TagsOf(StackSpec stack) => [.. stack.Tags.Select(t => new Tag { Key = t.Key, Value = t.Value })];

    private static List<string> CapabilitiesOf(StackSpec stack) => stack.MakesRoles ? [Capability.CAPABILITY_IAM] : [];
}
