using System.Collections.Immutable;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>
/// Gathers why a release failed, before what failed is taken away. Each part stands for itself: what cannot be read is said, and the rest
/// is still told.
/// </summary>
public sealed class FailureEvidence
{
    private const int MaxEvents = 5;
    private const string EventsOfStack = "the stack's events";

    private static readonly IReadOnlyDictionary<string, Service> NoServices = new Dictionary<string, Service>();

    /// <returns>Null: the stack's events were read, and none says that an operation with this token failed. Nothing else was asked then.</returns>
    public async Task<CollectedEvidence?> OfOperationAsync(AwsSession session, FailureQuery query, CancellationToken cancellationToken)
    {
        List<string> unread = [];
        var events = await EventsAsync(session, query, unread, cancellationToken);
        return !events.HasFailed && unread.Count == 0 ? null : await CollectAsync(session, query, (events, unread), cancellationToken);
    }

    public async Task<CollectedEvidence> CollectAsync(AwsSession session, FailureQuery query, CancellationToken cancellationToken)
    {
        List<string> unread = [];
        return await CollectAsync(session, query, (await EventsAsync(session, query, unread, cancellationToken), unread), cancellationToken);
    }

    private static Task<OperationEvents> EventsAsync(
        AwsSession session, FailureQuery query, List<string> unread, CancellationToken cancellationToken) => TryAsync(
        EventsOfStack, StackFailures.ReadAsync(session, query.Expected.Stack.Id, query.Token, cancellationToken), OperationEvents.None, unread);

    private static async Task<CollectedEvidence> CollectAsync(
        AwsSession session, FailureQuery query, (OperationEvents Events, List<string> Unread) known, CancellationToken cancellationToken)
    {
        var (events, unread) = known;
        var found = await TryAsync("the services", DescribeAsync(session, query, cancellationToken), otherwise: NoServices, unread);

        var services = ImmutableArray.CreateBuilder<ServiceFacts>();
        var logs = ImmutableArray.CreateBuilder<ContainerLog>();
        foreach (var failed in Failed(query))
        {
            var subject = new Subject(query, failed, found.GetValueOrDefault(failed.LogicalId), events, unread);
            var (facts, log) = await OfServiceAsync(session, subject, cancellationToken);
            services.Add(facts);
            if (log is not null)
            {
                logs.Add(log);
            }
        }

        return new CollectedEvidence(
            new FailureFacts { Services = services.ToImmutable(), Resources = events.Failed, PutBack = events.PutBack, Unread = [.. unread] },
            logs.ToImmutable());
    }

    private static async Task<(ServiceFacts Facts, ContainerLog? Log)> OfServiceAsync(
        AwsSession session, Subject subject, CancellationToken cancellationToken)
    {
        var (query, expected, service, operation, unread) = subject;
        var task = await TryAsync(
            $"the stopped tasks of {expected.Name}",
            StoppedTasks.FirstAsync(session, query.Expected.Cluster, expected.TaskDefinitionArn, operation, cancellationToken),
            otherwise: null,
            unread);
        var log = task is null ? null : await TryAsync(
            $"the logs of {expected.Name}",
            ContainerLogs.ReadAsync(session, expected.Name, new FailedTask(task, expected.TaskDefinitionArn), cancellationToken),
            otherwise: null,
            unread);
        var targets = service is null ? [] : await TryAsync(
            $"the targets of {expected.Name}", UnhealthyTargets.ReadAsync(session, service, cancellationToken), otherwise: [], unread);
        var alarms = service is null ? [] : await TryAsync(
            $"the alarms of {expected.Name}",
            TriggeredAlarms.ReadAsync(session, service, expected.TaskDefinitionArn, operation, cancellationToken), otherwise: [], unread);
        var state = query.Reading?.Services.FirstOrDefault(s => s.Service == expected)?.State;
        var facts = new ServiceFacts(expected.Name, state is ServiceRollout.RolledBack rolledBack ? rolledBack.Reason : "")
        {
            ChangedByHand = state is ServiceRollout.Overwritten or ServiceRollout.Missing ? state.Text : null,
            WentBack = state is ServiceRollout.RolledBack { RunningTaskDefinitionArn: var running } && running != expected.TaskDefinitionArn,
            TriggeredAlarms = alarms,
            FirstStoppedTask = task,
            UnhealthyTargets = targets,
            Events = EventsOf(service, expected),
        };
        return (facts, log);
    }

    private static IEnumerable<ExpectedService> Failed(FailureQuery query) => query.Reading is { } reading
        ? reading.Services.Where(s => s.State is not ServiceRollout.Converged).Select(s => s.Service)
        : query.Expected.Services;

    private static async Task<IReadOnlyDictionary<string, Service>> DescribeAsync(
        AwsSession session, FailureQuery query, CancellationToken cancellationToken)
    {
        var arns = query.Reading is { } reading
            ? reading.Services.Where(s => s.ServiceArn is not null).ToDictionary(s => s.Service.LogicalId, s => s.ServiceArn ?? "")
            : await StackServices.ArnsAsync(session, query.Expected, cancellationToken);
        var services = await StackServices.DescribeAsync(session, query.Expected.Cluster, [.. arns.Values], cancellationToken);
        return arns.Join(services, a => a.Value, s => s.ServiceArn, (a, s) => (a.Key, Service: s)).ToDictionary(p => p.Key, p => p.Service);
    }

    /// <summary>What ECS complained about since this release's deployment began; progress is left out.</summary>
    private static ImmutableArray<string> EventsOf(Service? service, ExpectedService expected)
    {
        var since = (service?.Deployments ?? []).FirstOrDefault(d => d.TaskDefinition == expected.TaskDefinitionArn)?.CreatedAt;
        return
        [
            .. (service?.Events ?? [])
                .Where(e => since is null || e.CreatedAt >= since)
                .Where(e => IsComplaint(e.Message ?? ""))
                .OrderByDescending(e => e.CreatedAt)
                .Select(e => e.Message)
                .Take(MaxEvents),
        ];
    }

    private static bool IsComplaint(string message) =>
        message.Contains("unable", StringComparison.OrdinalIgnoreCase)
        || message.Contains("unhealthy", StringComparison.OrdinalIgnoreCase)
        || message.Contains("failed", StringComparison.OrdinalIgnoreCase);

    private static async Task<T> TryAsync<T>(string what, Task<T> read, T otherwise, List<string> unread)
    {
        try
        {
            return await read;
        }
        catch (AwsUnavailableException) when (what == EventsOfStack)
        {
            // They alone say whether it was this operation that failed: nobody is judged by a read that was throttled.
            throw;
        }
        catch (Exception e) when (e is AmazonServiceException or AwsUnavailableException or AwsDeniedException)
        {
            unread.Add($"{what}: {e.Message}");
            return otherwise;
        }
    }

    private sealed record Subject(FailureQuery Query, ExpectedService Expected, Service? Service, OperationEvents Operation, List<string> Unread);
}
