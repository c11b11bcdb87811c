using System.Globalization;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.GitHub.Webhooks;

/// <summary>
/// Turns a delivery into what happened in a repository. Total: whatever the bytes are, there is an answer and never an exception.
/// The signature was checked long before; that a payload is well-formed was not.
/// </summary>
public sealed class WebhookTranslator(AppIdentity identity, IOptions<GitHubOptions> options)
{
    private readonly long _app = long.Parse(options.Value.AppId, CultureInfo.InvariantCulture);

    /// <param name="eventName">The header <c>X-GitHub-Event</c>.</param>
    /// <param name="body">The delivery's JSON.</param>
    public Translation Translate(string eventName, ReadOnlyMemory<byte> body) => eventName switch
    {
        "push" or "create" or "delete" or "pull_request" or "check_run" or "check_suite" or "merge_group"
            or "status" or "workflow_run" => Read(eventName, body),
        "ping" => Ignore("ping: GitHub says hello"),
        // The sweep notes what the App is installed on, and for a repository that is gone no token can be had.
        "installation" or "installation_repositories" => Ignore($"{eventName}: the sweep looks at the repositories of an installation"),
        _ => Ignore("an event that nothing here waits for"),
    };

    private Translation Read(string eventName, ReadOnlyMemory<byte> body)
    {
        if ((TypedDelivery.TryRead(eventName, body.Span) ?? TolerantDelivery.TryRead(eventName, body)) is not { } facts)
        {
            return Ignore($"{eventName}: the body is not a JSON object");
        }

        if (identity.Is(facts.Sender))
        {
            return Ignore($"{eventName}: our own doing");
        }

        if (!RepositoryName.TryParse(facts.Repository, out var repository))
        {
            return Ignore($"{eventName}: no repository is named");
        }

        if (facts.Installation is not { } installation)
        {
            return Ignore($"{eventName}: not sent through an installation of the App");
        }

        var source = new Source(repository, installation);
        var translation = eventName switch
        {
            "push" => Push(source, facts),
            "create" => Create(source, facts),
            "delete" => Delete(source, facts),
            "pull_request" => PullRequest(source, facts),
            "merge_group" => MergeGroup(source, facts),
            "check_run" when facts.Action == "requested_action" => Press(source, facts),
            "status" or "workflow_run" => Report(eventName, source, facts),
            "check_suite" when facts.Action == "completed" => Report(eventName, source, facts),
            "check_run" or "check_suite" => Rerequest(eventName, source, facts),
            _ => Ignore($"{eventName}: has no translation"),
        };
        var actor = Stored(facts.Sender) is { Length: > 0 } login ? login : null;
        return translation is Translation.Event(var what) ? Happened(what with { Actor = actor }) : translation;
    }

    private static Translation Push(Source from, DeliveryFacts facts)
    {
        if (!GitRef.TryParse(facts.Ref, out var gitRef))
        {
            return Ignore("push: neither to a branch nor to a tag");
        }

        if (facts.IsDeletion || facts.Head is null || facts.Head.All(c => c == '0'))
        {
            return Happened(new RepositoryEvent.RefDeleted(from.Repository, from.Installation, gitRef));
        }

        if (!CommitSha.TryParse(facts.Head, out var head))
        {
            return Ignore("push: 'after' is not a commit");
        }

        var defaultBranch = Stored(facts.DefaultBranch);
        return Happened(gitRef.IsTag
            ? new RepositoryEvent.TagPushed(from.Repository, from.Installation, gitRef, head.Value, defaultBranch)
            : new RepositoryEvent.BranchPushed(from.Repository, from.Installation, gitRef, head, Stored(facts.HeadMessage), defaultBranch));
    }

    private static Translation Create(Source from, DeliveryFacts facts)
    {
        if (facts.RefType != "tag" || !GitRef.TryParse($"refs/tags/{facts.Ref}", out var tag))
        {
            return Ignore("create: the push event of the same branch says more");
        }

        // The event does not say what the tag points to; git does.
        return Happened(new RepositoryEvent.TagPushed(from.Repository, from.Installation, tag, Target: "", Stored(facts.DefaultBranch)));
    }

    private static Translation Delete(Source from, DeliveryFacts facts)
    {
        var prefix = facts.RefType switch { "tag" => "refs/tags/", "branch" => "refs/heads/", _ => "" };
        return prefix.Length > 0 && GitRef.TryParse(prefix + facts.Ref, out var gitRef)
            ? Happened(new RepositoryEvent.RefDeleted(from.Repository, from.Installation, gitRef))
            : Ignore("delete: neither a branch nor a tag");
    }

    private static Translation PullRequest(Source from, DeliveryFacts facts)
    {
        if (facts.Action is not ("opened" or "synchronize" or "reopened"))
        {
            return Ignore("pull_request: its head did not change");
        }

        if (facts.PullRequest is not (> 0 and <= int.MaxValue) || !CommitSha.TryParse(facts.Head, out var head))
        {
            return Ignore("pull_request: number or head is missing");
        }

        // A head whose repository is gone was a fork: it fails closed.
        var isFork = !RepositoryName.TryParse(facts.HeadRepository, out var headRepository) || headRepository != from.Repository;
        return Happened(new RepositoryEvent.PullRequestChanged(from.Repository, from.Installation, (int)facts.PullRequest, head, isFork));
    }

    private static Translation MergeGroup(Source from, DeliveryFacts facts)
    {
        // A group that is taken apart needs nothing: what was said of its commit stays true.
        if (facts.Action != "checks_requested")
        {
            return Ignore("merge_group: no checks are asked for");
        }

        return CommitSha.TryParse(facts.Head, out var head)
            ? Happened(new RepositoryEvent.MergeGroupRequested(from.Repository, from.Installation, head))
            : Ignore("merge_group: no commit is named");
    }

    private Translation Press(Source from, DeliveryFacts facts) => facts switch
    {
        // A button does something: unlike for a re-run, the App must say that the check is ours.
        { App: { } app } when app != _app => Ignore("check_run: of another App"),
        { App: not null, ExternalId: { Length: > 0 } id, Button: { Length: > 0 } button } =>
            Happened(new RepositoryEvent.ActionRequested(from.Repository, from.Installation, Stored(id), Stored(button))),
        _ => Ignore("check_run: a button of nothing that is known"),
    };

    /// <summary>A build may have ended, well or badly: what it made is looked for.</summary>
    private static Translation Report(string eventName, Source from, DeliveryFacts facts)
    {
        if (eventName == "workflow_run" && facts.Action != "completed")
        {
            return Ignore("workflow_run: it goes on");
        }

        if (eventName == "status" && facts.State == "pending")
        {
            return Ignore("status: pending says nothing");
        }

        return CommitSha.TryParse(facts.Head, out var head)
            ? Happened(new RepositoryEvent.CommitReported(from.Repository, from.Installation, head))
            : Ignore($"{eventName}: no commit is named");
    }

    private Translation Rerequest(string eventName, Source from, DeliveryFacts facts)
    {
        if (facts.Action != "rerequested")
        {
            return Ignore($"{eventName}: not a request to run it again");
        }

        if (facts.App is { } app && app != _app)
        {
            return Ignore($"{eventName}: of another App");
        }

        return CommitSha.TryParse(facts.Head, out var head)
            ? Happened(new RepositoryEvent.CheckRerequested(
                from.Repository, from.Installation, head, facts.CheckName, facts.ExternalId is null ? null : Stored(facts.ExternalId)))
            : Ignore($"{eventName}: no commit is named");
    }

    // JSON may hold the character that PostgreSQL's text cannot, and a delivery that cannot be stored further stands in the way of all behind it.
    private static string Stored(string? text) => text?.Replace("\0", "", StringComparison.Ordinal) ?? "";

    private static Translation.Event Happened(RepositoryEvent what) => new(what);

    private static Translation.Ignored Ignore(string reason) => new(reason);

    private sealed record Source(RepositoryName Repository, long Installation);
}
