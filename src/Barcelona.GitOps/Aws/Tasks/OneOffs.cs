using System.Collections.Immutable;
using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Aws.Failures;
using Barcelona.GitOps.Core.Reports;
using EcsTask = Amazon.ECS.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Aws.Tasks;

/// <summary>
/// Starts, finds and stops tasks. RunTask takes a token, and equal calls start one task for 24 hours, but no longer than for an hour after its end:
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
/// </summary>
public sealed class OneOffs
{
    /// <summary>
    /// How long after the first call an equal one is sure to start nothing more: an hour, which the token lives if the task ended at once, less
    /// what calls and clocks may take.
    /// </summary>
    public static readonly TimeSpan Repeatable = TimeSpan.FromMinutes(50);

    private const string Stopped = "STOPPED";

    /// <summary>Said in place of a list of failures; a new role is known everywhere only after some seconds.</summary>
    private static readonly string[] Passing =
        ["No Container Instances were found", "unable to assume the role", "reached the limit", "Capacity is unavailable"];

    public async Task<OneOffAnswer> StartAsync(AwsSession session, OneOffStart start, OneOffIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.Ecs.RunTaskAsync(RequestOf(start, identity), cancellationToken).Translated(cancellationToken);
            return response.Tasks is [{ } task, ..]
                ? new OneOffAnswer.Started(task.TaskArn)
                : new OneOffAnswer.NoPlace(Text(response.Failures ?? []));
        }
        catch (ConflictException e) when (e.ResourceIds is [{ } arn, ..])
        {
            // The token was used for another call, which only an earlier version of this run can have made.
            return new OneOffAnswer.Started(arn);
        }
        catch (ConflictException e)
        {
            return new OneOffAnswer.Taken(e.Message);
        }
        catch (AmazonECSException e) when ((int)e.StatusCode is >= 400 and < 500)
        {
            return Passing.Any(text => e.Message.Contains(text, StringComparison.OrdinalIgnoreCase))
                ? new OneOffAnswer.NoPlace(e.Message)
                : new OneOffAnswer.Refused(e.Message);
        }
    }

    /// <returns>Null: ECS knows nothing of it, not yet or, an hour after its end, no more.</returns>
    public async Task<OneOffTask?> FindAsync(AwsSession session, string cluster, string arn, CancellationToken cancellationToken) =>
        (await DescribeAsync(session, cluster, [arn], cancellationToken)).FirstOrDefault();

    /// <summary>
    /// The family's tasks, those that go on and those that ended within the last hour. By family: ListTasks takes startedBy with no other filter,
    /// and would then list only what goes on. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
    /// </summary>
    public async Task<ImmutableArray<OneOffTask>> OfFamilyAsync(
        AwsSession session, string cluster, string family, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<OneOffTask>();
        foreach (var status in new[] { DesiredStatus.RUNNING, DesiredStatus.STOPPED })
        {
            var list = new ListTasksRequest { Cluster = cluster, Family = family, DesiredStatus = status };
            do
            {
                var page = await session.Ecs.ListTasksAsync(list, cancellationToken).Translated(cancellationToken);
                if (page.TaskArns is { Count: > 0 } arns)
                {
                    found.AddRange(await DescribeAsync(session, cluster, arns, cancellationToken));
                }

                list.NextToken = page.NextToken;
            }
            while (!string.IsNullOrEmpty(list.NextToken));
        }

        return found.ToImmutable();
    }

    /// <summary>Asks it to end. Of one that has ended, or is not known, nothing is asked.</summary>
    public async Task StopAsync(AwsSession session, string cluster, string arn, string reason, CancellationToken cancellationToken)
    {
        try
        {
            var request = new StopTaskRequest { Cluster = cluster, Task = arn, Reason = reason };
            await session.Ecs.StopTaskAsync(request, cancellationToken).Translated(cancellationToken);
        }
        catch (InvalidParameterException)
        {
            // "The referenced task was not found": what is to be seen of it says the rest.
        }
    }

    /// <summary>Its last lines, from where its task definition says that it logs to. Null: it does not log to CloudWatch.</summary>
    public Task<ContainerLog?> LogAsync(AwsSession session, OneOffStart start, StoppedTask task, CancellationToken cancellationToken) =>
        ContainerLogs.ReadAsync(session, start.Name, new FailedTask(task, start.TaskDefinitionArn), cancellationToken);

    private static async Task<IEnumerable<OneOffTask>> DescribeAsync(
        AwsSession session, string cluster, List<string> arns, CancellationToken cancellationToken)
    {
        var request = new DescribeTasksRequest { Cluster = cluster, Tasks = arns };
        var response = await session.Ecs.DescribeTasksAsync(request, cancellationToken).Translated(cancellationToken);
        return (response.Tasks ?? []).Select(Read);
    }

    private static OneOffTask Read(EcsTask task) => new(task.TaskArn, task.StartedBy ?? "", task.LastStatus == Stopped, StoppedTasks.Fact(task))
    {
        Ran = (task.ExecutionStoppedAt ?? task.StoppingAt ?? task.StoppedAt) - task.StartedAt,
    };

    private static RunTaskRequest RequestOf(OneOffStart start, OneOffIdentity identity)
    {
        var request = new RunTaskRequest
        {
            Cluster = start.Cluster,
            TaskDefinition = start.TaskDefinitionArn,
            Count = 1,
            ClientToken = identity.Token,
            StartedBy = identity.StartedBy,
            EnableECSManagedTags = true,
            PropagateTags = PropagateTags.TASK_DEFINITION,
        };
        if (start.CapacityProvider is { } provider)
        {
            request.CapacityProviderStrategy = [new CapacityProviderStrategyItem { CapacityProvider = provider, Weight = 1 }];
        }
        else
        {
            request.LaunchType = start.LaunchType;
        }

        if (!start.Subnets.IsEmpty)
        {
            request.NetworkConfiguration = new()
            {
                AwsvpcConfiguration = new()
                {
                    Subnets = [.. start.Subnets],
                    SecurityGroups = [start.SecurityGroup],
                    AssignPublicIp = start.AssignsPublicIp ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED,
                },
            };
        }

        return request;
    }

    private static string Text(List<Failure> failures)
    {
        var said = string.Join(", ", failures.Select(f => f.Detail is { Length: > 0 } detail ? $"{f.Reason} ({detail})" : f.Reason).Distinct());
        return said.Length > 0 ? said : "no reason given";
    }
}
