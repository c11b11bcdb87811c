using System.Collections.Immutable;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Aws.Districts;

/// <summary>What AWS has of a district: its own stack, and one for each endpoint. A call for each, and none for any other.</summary>
public sealed class DistrictStateReader(StackReader stacks)
{
    /// <summary>The district's stack, and those of the endpoints that the file makes or that the stack says it had.</summary>
    public async Task<ObservedDistrict> ReadAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var own = await stacks.FindAsync(session, StackName.District(session.District.Name), cancellationToken);
        var had = own?.Parameters.GetValueOrDefault(DistrictStackKeys.EndpointsParameter) ?? "";
        var made = session.District.Endpoints.Where(e => e.Existing is null).Select(e => e.Name);
        var names = made.Concat(had.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return new() { Stack = own, Endpoints = await EndpointsAsync(session, names, cancellationToken) };
    }

    /// <summary>What a release needs: the district's stack, and those of the endpoints that it uses.</summary>
    public async Task<ObservedDistrict> ReadAsync(AwsSession session, IEnumerable<string> endpoints, CancellationToken cancellationToken)
    {
        var own = stacks.FindAsync(session, StackName.District(session.District.Name), cancellationToken);
        var found = EndpointsAsync(session, endpoints, cancellationToken);
        await Task.WhenAll(own, found);
        return new() { Stack = await own, Endpoints = await found };
    }

    /// <summary>With the templates, for a comparison.</summary>
    public async Task<ObservedDistrict> WithTemplatesAsync(AwsSession session, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        var endpoints = observed.Endpoints.ToBuilder();
        foreach (var (name, stack) in observed.Endpoints)
        {
            endpoints[name] = await stacks.WithTemplateAsync(session, stack, cancellationToken);
        }

        return new()
        {
            Stack = observed.Stack is { } own ? await stacks.WithTemplateAsync(session, own, cancellationToken) : null,
            Endpoints = endpoints.ToImmutable(),
        };
    }

    private async Task<ImmutableSortedDictionary<string, ObservedStack>> EndpointsAsync(
        AwsSession session, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, ObservedStack>(StringComparer.Ordinal);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (await stacks.FindAsync(session, StackName.Endpoint(session.District.Name, name), cancellationToken) is { } stack)
            {
                found[name] = stack;
            }
        }

        return found.ToImmutable();
    }
}
