using Amazon.ECS;
using Amazon.Runtime;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Aws;

namespace Barcelona.GitOps.Tests.Scenarios.BeforeDeploys;

/// <summary>Deploys of an application that migrates first.</summary>
public abstract class BeforeDeployScenario : Scenario
{
    protected const string Family = "default--shop--before_deploy";

    /// <summary>What RunTask has started.</summary>
    protected IReadOnlyList<OneOffTask> Tasks => Stage.Aws.OneOffTasks;

    protected static string With(string task) =>
        Manifests.Migrating.Replace("before_deploy: rake db:migrate", $"before_deploy: {task}", StringComparison.Ordinal);

    /// <summary>What the check says in its text, without markdown's escapes.</summary>
    protected static string TextOf(Sandbox.GitHub.SandboxCheckRun check) => (check.Text ?? "").Replace("\\", "", StringComparison.Ordinal);

    /// <summary>Ends with the exit code once it has run for a while.</summary>
    protected void Ends(int exitCode, double seconds = 12) =>
        Stage.Aws.Images.SetForOneOffs("acme/shop:*", new ImageBehaviour.CrashLoop(exitCode, TimeSpan.FromSeconds(seconds)));

    /// <summary>Goes on until it is stopped.</summary>
    protected void NeverEnds() => Stage.Aws.Images.SetForOneOffs("acme/shop:*", new ImageBehaviour.NeverHealthy());

    /// <summary>Until the faults are cleared nobody may stop a task.</summary>
    protected void DenyStops() => Stage.Aws.Faults.Error(
        new FaultMatch("ecs", "StopTask") { Times = 100_000 },
        "AccessDeniedException",
        "User: barcelona is not authorized to perform: ecs:StopTask on resource: x");

    /// <summary>Somebody beside the service, in the same account.</summary>
    protected AmazonECSClient Ecs() => new(
        new BasicAWSCredentials("AKIASANDBOX", "secret"),
        new AmazonECSConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
}
