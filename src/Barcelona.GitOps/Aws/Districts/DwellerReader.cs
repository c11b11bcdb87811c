using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Districts;

/// <summary>
/// Who lives in a district: the only reading of all stacks of an account, so it is asked only before a district, or its instances, are taken down.
/// </summary>
public sealed class DwellerReader
{
    /// <returns>The names of the applications' stacks.</returns>
    public async Task<ImmutableArray<string>> ReadAsync(AwsSession session, CancellationToken cancellationToken) =>
        [.. (await StacksAsync(session, cancellationToken)).Select(s => s.StackName).Order(StringComparer.Ordinal)];

    /// <returns>The names of the applications' stacks that have services on the instances that the district makes.</returns>
    public async Task<ImmutableArray<string>> OnInstancesAsync(AwsSession session, CancellationToken cancellationToken) =>
    [
        .. (await StacksAsync(session, cancellationToken))
            .Where(s => (s.Parameters ?? []).Any(p => p.ParameterKey == StackKeys.CapacityProviderParameter && p.ParameterValue is { Length: > 0 }))
            .Select(s => s.StackName).Order(StringComparer.Ordinal),
    ];

    private static async Task<List<Stack>> StacksAsync(AwsSession session, CancellationToken cancellationToken)
    {
        List<Stack> found = [];
        var request = new DescribeStacksRequest();
        do
        {
            var page = await session.CloudFormation.DescribeStacksAsync(request, cancellationToken).Translated(cancellationToken);
            found.AddRange((page.Stacks ?? []).Where(s => Lives(s, session.District.Name)));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return found;
    }

    private static bool Lives(Stack stack, string district) =>
        stack.StackStatus?.Value != "DELETE_COMPLETE"
        && (stack.Tags ?? []).Any(t => t.Key == StackKeys.DistrictTag && t.Value == district)
        && (stack.Tags ?? []).Any(t => t.Key == StackKeys.HeritageTag);
}
