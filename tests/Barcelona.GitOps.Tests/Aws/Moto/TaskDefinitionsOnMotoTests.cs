using System.Text.Json.Nodes;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Tests.Aws.Moto;

public sealed class TaskDefinitionsOnMotoTests(MotoServer moto)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_equal_revision_is_reused()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var first = await aws.Get<EcsConverger>().EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition(), Specs.Roles, Token);
        aws.Tap.Forget();

        var second = await aws.Get<EcsConverger>().EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition(), Specs.Roles, Token);

        Assert.Equal(first, second);
        Assert.Equal(["DescribeTaskDefinition"], aws.Tap.Operations);
    }

    [Fact]
    public async Task A_registration_whose_answer_is_lost_leaves_one_revision()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        aws.Tap.LoseAnswer("RegisterTaskDefinition");

        await Assert.ThrowsAsync<AwsUnavailableException>(
            () => aws.Get<EcsConverger>().EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition(), Specs.Roles, Token));
        var arn = await aws.Get<EcsConverger>().EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition(), Specs.Roles, Token);

        Assert.EndsWith(":1", arn, StringComparison.Ordinal);
        Assert.Equal(1, aws.Tap.Count("RegisterTaskDefinition"));
    }

    [Fact]
    public async Task Going_back_to_older_content_takes_the_older_revision()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var converger = aws.Get<EcsConverger>();
        var one = await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition("acme/shop:1"), Specs.Roles, Token);
        var two = await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition("acme/shop:2"), Specs.Roles, Token);

        Assert.NotEqual(one, two);
        Assert.Equal(one, await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition("acme/shop:1"), Specs.Roles, Token));
    }

    [Fact]
    public async Task Other_roles_make_another_revision()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var converger = aws.Get<EcsConverger>();
        var one = await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition(), Specs.Roles, Token);

        var other = Specs.Roles with { TaskRoleArn = "arn:aws:iam::123456789012:role/barcelona/remade" };
        Assert.NotEqual(one, await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition(), other, Token));
    }

    [Fact]
    public async Task What_was_registered_reads_back_as_it_was_written()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var spec = Specs.TaskDefinition();
        var arn = await aws.Get<EcsConverger>().EnsureTaskDefinitionAsync(aws.Session, spec, Specs.Roles, Token);

        var read = await aws.Get<TaskDefinitionReader>().ReadAsync(
            aws.Session, new FamilyQuery(spec.Family, Specs.Roles, new HashSet<string>()), Token);

        var only = Assert.Single(read);
        Assert.Equal(arn, only.Arn);
        Assert.Equal(spec.ContentHash, only.ContentHash);
        Assert.Equal(Specs.Roles.TaskRoleArn, only.TaskRoleArn);
        Assert.Equal(CanonicalJson.Write(JsonNode.Parse(spec.Content)), only.Content);
    }

    [Fact]
    public async Task The_revision_in_use_is_read_beside_the_newest()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var converger = aws.Get<EcsConverger>();
        var one = await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition("acme/shop:1"), Specs.Roles, Token);
        var two = await converger.EnsureTaskDefinitionAsync(aws.Session, Specs.TaskDefinition("acme/shop:2"), Specs.Roles, Token);

        var query = new FamilyQuery("default--shop--web", Specs.Roles, new HashSet<string> { one, "something else" });
        var read = await aws.Get<TaskDefinitionReader>().ReadAsync(aws.Session, query, Token);

        Assert.Equal([two, one], read.Select(t => t.Arn));
        Assert.Empty(await aws.Get<TaskDefinitionReader>().ReadAsync(aws.Session, query with { Family = "default--shop--worker" }, Token));
    }
}
