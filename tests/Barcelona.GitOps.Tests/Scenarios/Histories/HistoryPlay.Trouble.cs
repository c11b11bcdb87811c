using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;
using GitHubFault = Barcelona.GitOps.Sandbox.GitHub.Faults.Fault;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <content>What goes wrong at AWS and GitHub.</content>
internal sealed partial class HistoryPlay
{
    private void Break(AwsTrouble trouble, int times)
    {
        var faults = _stage.Aws.Faults;
        switch (trouble)
        {
            case AwsTrouble.Throttled:
                faults.Throttle(new FaultMatch("cloudformation") { Times = times });
                break;
            case AwsTrouble.ServerError:
                faults.ServerError(new FaultMatch(FaultMatch.Any) { Times = times });
                break;
            case AwsTrouble.CreateLost:
                faults.LostResponse(new FaultMatch("cloudformation", "CreateStack") { Times = times });
                break;
            case AwsTrouble.UpdateLost:
                faults.LostResponse(new FaultMatch("cloudformation", "UpdateStack") { Times = times });
                break;
            case AwsTrouble.RegistrationLost:
                faults.LostResponse(new FaultMatch("ecs", "RegisterTaskDefinition") { Times = times });
                break;
            case AwsTrouble.ServiceFails:
                faults.FailResource("AWS::ECS::Service", "Internal failure");
                Harm();
                break;
            case AwsTrouble.RollbackStuck:
                faults.FailResource("AWS::ECS::Service", "Internal failure");
                _models.ToList().ForEach(m => faults.RollbackFails(Observer.StackOf(m)));
                Harm();
                break;
            case AwsTrouble.Denied:
                faults.Error(
                    new FaultMatch("cloudformation", "DescribeStacks") { Times = times }, "AccessDenied",
                    "User: x is not authorized to perform: cloudformation:DescribeStacks");
                Harm();
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to break that: {trouble}.");
        }
    }

    private void Harm()
    {
        foreach (var model in _models)
        {
            model.HarmedAt = _step;
        }
    }

    private void Break(GitHubTrouble trouble)
    {
        var faults = _stage.GitHub.Faults;
        (_observer.IsInterrupted, _observer.IsUnasked) = (true, true);
        switch (trouble)
        {
            case GitHubTrouble.Away:
                faults.Down = true;
                break;
            case GitHubTrouble.CheckLost:
                faults.Add(new GitHubFault.LostResponse(), "POST", "/repos/*/check-runs");
                break;
            case GitHubTrouble.DeploymentLost:
                faults.Add(new GitHubFault.LostResponse(), "POST", "/repos/*/deployments*", times: 2);
                break;
            case GitHubTrouble.BadGateway:
                faults.Add(new GitHubFault.Status(502), times: 4);
                break;
            case GitHubTrouble.TooManyRequests:
                faults.Add(new GitHubFault.SecondaryRateLimit(Limited, 429), times: 2);
                _isLimited = true;
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to break that: {trouble}.");
        }
    }
}
