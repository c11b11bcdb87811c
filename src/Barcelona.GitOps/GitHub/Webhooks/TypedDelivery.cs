using System.Text.Json;
using Octokit.Webhooks;
using Octokit.Webhooks.Events;
using Octokit.Webhooks.Events.CheckRun;

namespace Barcelona.GitOps.GitHub.Webhooks;

/// <summary>Reads a delivery by the event types of Octokit.Webhooks, which know GitHub's payloads to the last required field.</summary>
internal static class TypedDelivery
{
    /// <summary>Null when the payload is not quite what the types expect; real ones often are not, GitHub Enterprise's least of all.</summary>
    public static DeliveryFacts? TryRead(string eventName, ReadOnlySpan<byte> body)
    {
        try
        {
            return eventName switch
            {
                WebhookEventType.Push => Read(JsonSerializer.Deserialize<PushEvent>(body)),
                WebhookEventType.Create => Read(JsonSerializer.Deserialize<CreateEvent>(body)),
                WebhookEventType.Delete => Read(JsonSerializer.Deserialize<DeleteEvent>(body)),
                WebhookEventType.PullRequest => Read(JsonSerializer.Deserialize<PullRequestEvent>(body)),
                WebhookEventType.CheckRun => Read(JsonSerializer.Deserialize<CheckRunEvent>(body)),
                WebhookEventType.CheckSuite => Read(JsonSerializer.Deserialize<CheckSuiteEvent>(body)),
                WebhookEventType.Status => Read(JsonSerializer.Deserialize<StatusEvent>(body)),
                WebhookEventType.WorkflowRun => Read(JsonSerializer.Deserialize<WorkflowRunEvent>(body)),
                WebhookEventType.MergeGroup => Read(JsonSerializer.Deserialize<MergeGroupEvent>(body)),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException
            or ArgumentException or FormatException or KeyNotFoundException)
        {
            // The converters of the library throw all of these: required fields, unknown actions, dates.
            return null;
        }
    }

    // Required means that the field is there, not that it is not null: every step asks.
    private static DeliveryFacts? Read(PushEvent? e) => e is null ? null : Common(e) with
    {
        Ref = e.Ref,
        Head = e.After,
        IsDeletion = e.Deleted,
        HeadMessage = e.HeadCommit?.Message,
    };

    private static DeliveryFacts? Read(CreateEvent? e) => e is null ? null : Common(e) with { Ref = e.Ref, RefType = e.RefType?.StringValue };

    private static DeliveryFacts? Read(DeleteEvent? e) => e is null ? null : Common(e) with
    {
        Ref = e.Ref,
        RefType = e.RefType?.StringValue,
        IsDeletion = true,
    };

    private static DeliveryFacts? Read(PullRequestEvent? e) => e is null ? null : Common(e) with
    {
        PullRequest = e.Number,
        Head = e.PullRequest?.Head?.Sha,
        HeadRepository = e.PullRequest?.Head?.Repo?.FullName,
    };

    private static DeliveryFacts? Read(CheckRunEvent? e) => e is null ? null : Common(e) with
    {
        Head = e.CheckRun?.HeadSha,
        CheckName = e.CheckRun?.Name,
        ExternalId = e.CheckRun?.ExternalId,
        Button = (e as CheckRunRequestedActionEvent)?.RequestedAction?.Identifier,
        App = e.CheckRun?.App?.Id,
    };

    private static DeliveryFacts? Read(CheckSuiteEvent? e) => e is null ? null : Common(e) with
    {
        Head = e.CheckSuite?.HeadSha,
        App = e.CheckSuite?.App?.Id,
    };

    private static DeliveryFacts? Read(StatusEvent? e) => e is null ? null : Common(e) with { Head = e.Sha, State = e.State?.StringValue };

    private static DeliveryFacts? Read(WorkflowRunEvent? e) => e is null ? null : Common(e) with { Head = e.WorkflowRun?.HeadSha };

    private static DeliveryFacts? Read(MergeGroupEvent? e) => e is null ? null : Common(e) with { Head = e.MergeGroup?.HeadSha };

    private static DeliveryFacts Common(WebhookEvent e) => new()
    {
        Action = e.Action,
        Repository = e.Repository?.FullName,
        DefaultBranch = e.Repository?.DefaultBranch,
        Installation = e.Installation?.Id,
        Sender = e.Sender?.Login,
    };
}
