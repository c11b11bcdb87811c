using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>The last look before anything is written: a plan may be right by the file and still be what nobody wants.</summary>
public static class PlanGuards
{
    private const string ServiceType = "AWS::ECS::Service";

    /// <summary>Everything that stands against applying; empty when nothing does.</summary>
    /// <param name="precedence">How what is wanted stands to what runs: git knows.</param>
    public static ImmutableArray<Refusal> Check(DesiredState desired, ObservedState observed, Precedence precedence) =>
    [
        .. NotOurs(desired.HeritageStack, observed.HeritageStack),
        .. NotOurs(desired.AppStack, observed.AppStack),
        .. Older(precedence),
        .. DeletesEveryService(desired, observed.AppStack),
    ];

    private static IEnumerable<Refusal> NotOurs(StackSpec wanted, ObservedStack? stack)
    {
        if (stack is null || stack.Status == StackStatus.DeleteComplete)
        {
            yield break;
        }

        var owner = stack.Tags.GetValueOrDefault(StackKeys.RepositoryTag);
        if (owner is null)
        {
            yield return new(RefusalKind.NotOurs, $"Stack {stack.Name} exists and was not made by Barcelona.",
                "Rename the heritage, or remove the stack if nobody needs it.");
        }
        else if (!IsSameRepository(owner, wanted.Tags[StackKeys.RepositoryTag]))
        {
            yield return new(RefusalKind.NotOurs, $"Stack {stack.Name} belongs to {owner}.",
                $"Rename the heritage; if the repository was renamed or moved, set the tag {StackKeys.RepositoryTag} of its stacks.");
        }
        else if (new[] { StackKeys.DistrictTag, StackKeys.HeritageTag }.Any(t => stack.Tags.GetValueOrDefault(t) != wanted.Tags[t]))
        {
            yield return new(
                RefusalKind.NotOurs, $"Stack {stack.Name} is tagged for another heritage.", "Look at its tags: somebody has changed them.");
        }
    }

    private static bool IsSameRepository(string tag, string wanted) =>
        RepositoryName.TryParse(tag, out var owner) && RepositoryName.TryParse(wanted, out var repository) && owner.Equals(repository);

    private static IEnumerable<Refusal> Older(Precedence precedence)
    {
        if (precedence is Precedence.Older older)
        {
            yield return new(
                RefusalKind.Older, $"What runs, {older.Running}, is newer than this.", "Going back takes an explicit act, as a new commit is.");
        }
    }

    private static IEnumerable<Refusal> DeletesEveryService(DesiredState desired, ObservedStack? app)
    {
        if (app is null || !StackStatusTable.HoldsResources(app.Status))
        {
            yield break;
        }

        var running = Services(app);
        if (running.Length > 0 && !running.Intersect(desired.Services.Values, StringComparer.Ordinal).Any())
        {
            yield return new(RefusalKind.DeletesEveryService,
                $"This would delete every service that runs: {string.Join(", ", running)}.",
                "If that is meant, add what comes instead in one commit and remove the old services in the next.");
        }
    }

    /// <summary>Logical ids from the template or, where it was not read or is not the JSON that we write, from the outputs.</summary>
    private static string[] Services(ObservedStack app)
    {
        if (app.TemplateBody is null)
        {
            return ServicesOfOutputs(app);
        }

        try
        {
            var resources = (JsonNode.Parse(app.TemplateBody) as JsonObject)?["Resources"] as JsonObject ?? [];
            return [.. resources.Where(r => r.Value?["Type"]?.ToString() == ServiceType).Select(r => r.Key).Order(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            return ServicesOfOutputs(app);
        }
    }

    private static string[] ServicesOfOutputs(ObservedStack app)
    {
        const string Prefix = "Service", Suffix = "Arn";
        return
        [
            .. app.Outputs.Keys
                .Where(k => k.StartsWith(Prefix, StringComparison.Ordinal) && k.EndsWith(Suffix, StringComparison.Ordinal))
                .Select(k => k[..^Suffix.Length]),
        ];
    }
}

/// <summary>How what is wanted stands to what runs, in git or by version (promise 4).</summary>
public abstract record Precedence
{
    private Precedence() { }

    /// <summary>It is newer or the same, nothing runs yet, or somebody asked for exactly this.</summary>
    public sealed record Allowed : Precedence;

    /// <param name="Running">The commit or tag that runs, as people know it.</param>
    public sealed record Older(string Running) : Precedence;
}

public enum RefusalKind { NotOurs, Older, DeletesEveryService }

/// <summary>A plan that is not applied, and why.</summary>
/// <param name="Hint">What a person can do about it.</param>
public sealed record Refusal(RefusalKind Kind, string Message, string Hint);
