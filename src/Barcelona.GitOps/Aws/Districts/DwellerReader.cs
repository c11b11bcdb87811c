using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Districts;

/// <summary>Who lives in a district: the only reading of all stacks of an account, so it is asked only before a district is taken down.</summary>
public sealed class DwellerReader
{
    /// <returns>The names of the applications' stacks.</returns>
    public async Task<ImmutableArray<string>> ReadAsync(AwsSession session, CancellationToken cancellationToken)
    {
        List<string> names = [];
        var request = new DescribeStacksRequest();
        do
        {
            var page = await session.CloudFormation.DescribeStacksAsync(request, cancellationToken).Translated(cancellationToken);
            names.AddRange((page.Stacks ?? []).Where(s => Lives(s, session.District.Name)).Select(s => s.StackName));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static bool Lives(Stack stack, string district) =>
        stack.StackStatus?.Value != "DELETE_COMPLETE"
        && (stack.Tags ?? []).Any(t => t.Key == StackKeys.DistrictTag && t.Value == district)
        && (stack.Tags ?? []).Any(t => t.Key == StackKeys.HeritageTag);
}
