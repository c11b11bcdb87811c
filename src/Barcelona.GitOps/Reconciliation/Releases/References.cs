using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <param name="Chosen">Priorities were chosen just now; else they are those that the app stack has.</param>
public sealed record Resolution(ReleaseInputs Inputs, ImmutableArray<Diagnostic> Diagnostics, bool Chosen);

/// <summary>Resolves what only AWS knows of a release: versions of secrets, and which rule priorities are free. Reads only.</summary>
public sealed class References(AwsSecretsReader secrets, ListenerRulesReader rules)
{
    /// <param name="inputs">With the secrets that are known already: they are not looked up again.</param>
    /// <param name="inFlight">What other deploys are about to use on the listeners given; asked only when something has to be chosen.</param>
    public async Task<Resolution> ResolveAsync(
        AwsSession session, ReleaseInputs inputs, ObservedState stacks, Func<string[], Task<ImmutableArray<RuleInUse>>> inFlight,
        CancellationToken cancellationToken)
    {
        var paths = inputs.Environment.Variables.OfType<EnvironmentVariable.Secret>().Select(v => v.Path.Value).ToHashSet(StringComparer.Ordinal);
        if (RegistryCredentials.PathOf(inputs.District, inputs.Image) is { } credentials)
        {
            paths.Add(credentials);
        }

        paths.ExceptWith(inputs.Secrets.Keys);
        var found = await secrets.FindSecretsAsync(session, paths, cancellationToken);
        var request = new PriorityRequest
        {
            Owner = StackName.App(inputs.Target.District, inputs.Target.Heritage).Value,
            District = inputs.District,
            Services = inputs.Environment.Services,
            AppStackParameters = stacks.AppStack?.Parameters ?? ImmutableSortedDictionary<string, string>.Empty,
        };
        var known = RulePriorities.AreKnown(request);
        if (!known)
        {
            var listeners = Listeners(
                inputs, inputs.Environment.Services.SelectMany(s => s.Listeners).Select(l => l.Endpoint.Value).ToHashSet(StringComparer.Ordinal));
            var live = await rules.ReadAsync(session, listeners, stacks.AppStack, cancellationToken);

            // Its own reservations may be of a pass before this one, and its own rules go while its stack is at work.
            var isAtWork = stacks.AppStack is { } app && StackStatusTable.MoveFor(app.Status).Move == StackMove.Wait;
            request = request with
            {
                InUse =
                [
                    .. live.InUse.Where(r => !isAtWork || r.Owner != request.Owner),
                    .. (await inFlight(listeners)).Where(r => r.Owner != request.Owner),
                ],
            };
        }

        var allocation = RulePriorities.Allocate(request);
        inputs = StackMemory.WithRestarts(inputs, stacks.AppStack?.Parameters);
        return new(inputs with { Secrets = inputs.Secrets.AddRange(found.Found), Priorities = allocation.Priorities }, allocation.Diagnostics, Chosen: !known);
    }

    /// <summary>Parameters of Systems Manager that the release names and that do not exist: a task that needs them would never start.</summary>
    public async Task<ImmutableArray<Diagnostic>> MissingParametersAsync(
        AwsSession session, EnvironmentManifest environment, CancellationToken cancellationToken)
    {
        var named = SsmReferences.Of(environment, session.District.Name);
        var missing = await secrets.FindMissingParametersAsync(session, [.. named.Keys], cancellationToken);
        return [.. missing.Select(name => SsmReferences.Missing(named[name], name))];
    }

    /// <summary>The listeners of these endpoints, HTTP and HTTPS.</summary>
    public static string[] Listeners(ReleaseInputs inputs, IReadOnlySet<string> endpoints) =>
        [
            .. inputs.District.Endpoints.Where(e => endpoints.Contains(e.Name))
                .SelectMany(e => new[] { e.Existing?.HttpListenerArn, e.Existing?.HttpsListenerArn }).OfType<string>(),
        ];
}
