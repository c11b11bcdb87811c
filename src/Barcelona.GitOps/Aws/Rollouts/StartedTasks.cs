using System.Text.RegularExpressions;
using Amazon.ECS.Model;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>
/// Whether a deployment has lost tasks, from what DescribeServices says anyway. <c>failedTasks</c> alone does not tell: it goes back to zero as
/// soon as a task runs, so that one which ends after a second leaves no trace in it. https://github.com/aws/copilot-cli/issues/1879
/// </summary>
internal static partial class StartedTasks
{
    /// <summary>Who is replaced has stopped. Which tasks they are, and why, is another question.</summary>
    public static bool MoreThanWanted(Service service, Deployment deployment) =>
        deployment.FailedTasks is > 0 || Started(service, deployment) > (deployment.DesiredCount ?? 0);

    private static int Started(Service service, Deployment deployment) => (service.Events ?? [])
        .Where(e => e.CreatedAt >= deployment.CreatedAt && e.Message?.Contains("has started", StringComparison.Ordinal) == true)
        .Sum(e => Tasks().Count(e.Message));

    [GeneratedRegex(@"\(task [0-9a-z-]+\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tasks();
}
