using System.Collections.Immutable;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using StackStatus = Barcelona.GitOps.Core.Planning.StackStatus;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>Reads stacks by name: one call each, never the list of all.</summary>
public sealed class StackReader
{
    /// <returns>Null: there is no such stack.</returns>
    public async Task<ObservedStack?> FindAsync(AwsSession session, StackName name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeStacksRequest { StackName = name.Value };
            var response = await session.CloudFormation.DescribeStacksAsync(request, cancellationToken).Translated(cancellationToken);
            return (response.Stacks ?? []) is [var stack] ? Observed(name, stack) : null;
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError() && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>The same stack with its template as it was sent. A stack that went away meanwhile stays without.</summary>
    public async Task<ObservedStack> WithTemplateAsync(AwsSession session, ObservedStack stack, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetTemplateRequest { StackName = stack.Id, TemplateStage = TemplateStage.Original };
            var response = await session.CloudFormation.GetTemplateAsync(request, cancellationToken).Translated(cancellationToken);
            return stack with { TemplateBody = response.TemplateBody };
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError() && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return stack;
        }
    }

    internal static StackStatus StatusOf(string? word) =>
        Enum.TryParse<StackStatus>(word?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var status) ? status : StackStatus.Unknown;

    private static ObservedStack Observed(StackName name, Stack stack) => new()
    {
        Name = name,
        Id = stack.StackId,
        Status = StatusOf(stack.StackStatus?.Value),
        StatusReason = stack.StackStatusReason ?? "",
        Parameters = (stack.Parameters ?? []).ToImmutableSortedDictionary(p => p.ParameterKey, p => p.ParameterValue ?? "", StringComparer.Ordinal),
        Outputs = (stack.Outputs ?? []).ToImmutableSortedDictionary(o => o.OutputKey, o => o.OutputValue ?? "", StringComparer.Ordinal),
        Tags = (stack.Tags ?? []).ToImmutableSortedDictionary(t => t.Key, t => t.Value ?? "", StringComparer.Ordinal),
    };
}
