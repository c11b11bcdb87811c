using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Tests.Aws.Moto;

/// <summary>The stacks' wire protocol, against moto. It has no time between request and result: what takes time is tested on the sandbox.</summary>
public sealed class StacksOnMotoTests(MotoServer moto)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stack_that_was_created_is_read_with_parameters_outputs_tags_and_template()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var spec = Specs.Heritage();

        var outcome = await aws.Get<StackConverger>().StartAsync(aws.Session, new PlanStep.CreateStack(spec), "token-1", Token);
        var observed = await aws.Get<AwsStateReader>().ReadAsync(aws.Session, Specs.Target, [], Token);

        var started = Assert.IsType<StepOutcome.Started>(outcome);
        var heritage = Assert.IsType<ObservedStack>(observed.HeritageStack);
        Assert.Equal(started.StackId, heritage.Id);
        Assert.Contains($":{aws.Account}:", heritage.Id, StringComparison.Ordinal);
        Assert.Equal(StackStatus.CreateComplete, heritage.Status);
        Assert.Equal("f1", heritage.Parameters["Fingerprint"]);
        Assert.Equal("/barcelona/default/shop", heritage.Outputs["LogGroupName"]);
        Assert.Equal(spec.Tags, heritage.Tags);
        Assert.Equal(spec.TemplateBody, heritage.TemplateBody);
        Assert.Null(observed.AppStack);
    }

    [Fact]
    public async Task A_pass_that_finds_the_fingerprint_equal_needs_two_calls()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        await aws.Get<StackConverger>().StartAsync(aws.Session, new PlanStep.CreateStack(Specs.Heritage()), "token-1", Token);
        aws.Tap.Forget();

        await aws.Get<AwsStateReader>().ReadStacksAsync(aws.Session, Specs.Target, Token);

        Assert.Equal(["DescribeStacks", "DescribeStacks"], aws.Tap.Operations);
    }

    [Fact]
    public async Task Creating_what_exists_says_look_again()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var step = new PlanStep.CreateStack(Specs.Heritage());
        await aws.Get<StackConverger>().StartAsync(aws.Session, step, "token-1", Token);

        Assert.IsType<StepOutcome.Busy>(await aws.Get<StackConverger>().StartAsync(aws.Session, step, "token-2", Token));
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_makes_one_stack()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        aws.Tap.LoseAnswer("CreateStack");

        // moto does not know tokens and says "already exists"; AWS says "started". Both are answers that the reconciler goes on from.
        var outcome = await aws.Get<StackConverger>().StartAsync(aws.Session, new PlanStep.CreateStack(Specs.Heritage()), "token-1", Token);

        Assert.True(outcome is StepOutcome.Busy or StepOutcome.Started);
        Assert.All(aws.Tap.Calls.Where(c => c.Operation == "CreateStack"), c => Assert.Equal("token-1", c.Form("ClientRequestToken")));
        Assert.NotNull(await aws.Get<StackReader>().FindAsync(aws.Session, Specs.Heritage().Name, Token));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_is_nothing_to_do()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var converger = aws.Get<StackConverger>();
        await converger.StartAsync(aws.Session, new PlanStep.CreateStack(Specs.Heritage()), "token-1", Token);

        Assert.IsType<StepOutcome.NothingToDo>(await converger.StartAsync(aws.Session, new PlanStep.UpdateStack(Specs.Heritage()), "token-2", Token));
        Assert.IsType<StepOutcome.Started>(await converger.StartAsync(aws.Session, new PlanStep.UpdateStack(Specs.Heritage("f2")), "token-3", Token));
        var stack = await aws.Get<StackReader>().FindAsync(aws.Session, Specs.Heritage().Name, Token);
        Assert.Equal("f2", stack?.Parameters["Fingerprint"]);
    }

    [Fact]
    public async Task Updating_what_does_not_exist_says_look_again()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));

        var step = new PlanStep.UpdateStack(Specs.Heritage());
        Assert.IsType<StepOutcome.Busy>(await aws.Get<StackConverger>().StartAsync(aws.Session, step, "token-1", Token));
    }

    [Fact]
    public async Task A_failed_stack_is_deleted_by_its_id()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var converger = aws.Get<StackConverger>();
        var started = (StepOutcome.Started)await converger.StartAsync(aws.Session, new PlanStep.CreateStack(Specs.Heritage()), "token-1", Token);

        var step = new PlanStep.DeleteFailedStack(Specs.Heritage().Name, started.StackId, StackStatus.RollbackComplete);
        Assert.IsType<StepOutcome.Started>(await converger.StartAsync(aws.Session, step, "token-2", Token));

        Assert.Null(await aws.Get<StackReader>().FindAsync(aws.Session, Specs.Heritage().Name, Token));
        Assert.Equal(started.StackId, aws.Tap.Calls.Single(c => c.Operation == "DeleteStack").Form("StackName"));
    }

    [Fact]
    public async Task Only_a_template_with_roles_asks_for_the_capability()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var converger = aws.Get<StackConverger>();
        await converger.StartAsync(aws.Session, new PlanStep.CreateStack(Specs.Heritage()), "token-1", Token);
        await converger.StartAsync(aws.Session, new PlanStep.UpdateStack(Specs.Heritage("f2") with { MakesRoles = true }), "token-2", Token);

        Assert.Null(aws.Tap.Calls.Single(c => c.Operation == "CreateStack").Form("Capabilities.member.1"));
        Assert.Equal("CAPABILITY_IAM", aws.Tap.Calls.Single(c => c.Operation == "UpdateStack").Form("Capabilities.member.1"));
    }
}
