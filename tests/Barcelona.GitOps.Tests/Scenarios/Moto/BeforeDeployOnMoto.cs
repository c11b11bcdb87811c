using System.Text.Json.Nodes;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

public sealed class BeforeDeployOnMotoAndPostgreSql(MotoServer moto, PostgreSqlServer database) : BeforeDeployOnMoto(moto, database);

public sealed class BeforeDeployOnMotoAndSqlite(MotoServer moto) : BeforeDeployOnMoto(moto, database: null);

/// <summary>
/// The calls about the task, as another implementation takes them. On Fargate: moto starts nothing on instances that nobody registered. Every
/// task ends with zero there, so that what is left to see is the order and the shape.
/// </summary>
public abstract class BeforeDeployOnMoto(MotoServer moto, PostgreSqlServer? database) : MotoScenario(moto, database)
{
    [Fact]
    public async Task A_migration_runs_on_Fargate_before_the_services_are_made()
    {
        Stage.District.Write(text => text.Replace("capacity: ec2", "capacity: fargate", StringComparison.Ordinal));

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal(("completed", "success"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Contains("exit 0", Check(sha).Text, StringComparison.Ordinal);
        Assert.Equal(Stage.Registry.Deployed($"acme/shop:{sha}"), (await Account.ImagesAsync(Stop))["default--shop--worker"]);
        Assert.Equal(
            ["CreateStack barcelona-heritage--default--shop", "RunTask ", "CreateStack barcelona-app--default--shop"],
            Writes.Where(c => c.Operation is "CreateStack" or "RunTask").Select(c => $"{c.Operation} {c.Form("StackName")}"));

        var sent = JsonNode.Parse(Assert.Single(Writes, c => c.Operation == "RunTask").Body)?.AsObject() ?? [];
        Assert.Equal(
            [
                "clientToken", "cluster", "count", "enableECSManagedTags", "launchType", "networkConfiguration", "propagateTags", "startedBy",
                "taskDefinition",
            ],
            sent.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("FARGATE", "TASK_DEFINITION", 64, 36), (
            (string?)sent["launchType"], (string?)sent["propagateTags"], ((string?)sent["clientToken"])?.Length, ((string?)sent["startedBy"])?.Length));
        Assert.Contains("task-definition/default--shop--before_deploy:1", (string?)sent["taskDefinition"], StringComparison.Ordinal);
        var network = sent["networkConfiguration"]?["awsvpcConfiguration"];
        Assert.Equal(("DISABLED", 1, 1), (
            (string?)network?["assignPublicIp"], network?["subnets"]?.AsArray().Count, network?["securityGroups"]?.AsArray().Count));
    }
}
