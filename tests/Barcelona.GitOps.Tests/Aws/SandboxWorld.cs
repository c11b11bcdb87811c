using System.Collections.Immutable;
using System.Text;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Failures;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Sandbox.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>The adapter against the sandbox's AWS, with the real templates and planner, and a loop in place of the reconciler.</summary>
public sealed class SandboxWorld : IAsyncDisposable
{
    private const string Account = "123456789012";

    // Two minutes let everything that the sandbox has begun come to an end.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);

    private readonly WebApplication _server;
    private int _operations;

    private SandboxWorld(WebApplication server, AwsHarness harness, SandboxAws aws)
    {
        (_server, Harness, Aws) = (server, harness, aws);
        var network = aws.CreateVpc();
        var balancer = aws.SeedLoadBalancer("demo", vpcId: network.VpcId);
        aws.SeedCluster("default");
        District = AwsHarness.DistrictOf("default", Account) with
        {
            Network = new Network.Existing(network.VpcId, [.. network.PublicSubnets], [.. network.PrivateSubnets], network.SecurityGroup),
            Endpoints =
            [
                new Endpoint
                {
                    Name = "demo-endpoint",
                    Existing = new ExistingEndpoint(balancer.HttpListenerArn ?? "", null, balancer.DnsName),
                    Span = harness.District.Span,
                },
            ],
        };
    }

    public AwsHarness Harness { get; }

    public SandboxAws Aws { get; }

    public District District { get; }

    /// <summary>Of the last stack operation: its events carry it.</summary>
    public string LastToken => $"token-{_operations}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SandboxWorld> StartAsync()
    {
        // The clock comes first: what the sandbox hands out expires by it.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        SandboxAws? aws = null;
        server.Map("/{**path}", context => aws?.HandleAsync(context) ?? Task.CompletedTask);
        await server.StartAsync(Token);
        var harness = new AwsHarness(new Uri(server.Urls.First()), Account);
        aws = new SandboxAws(new SandboxAwsOptions { Clock = harness.Time, AccountId = Account, Region = AwsHarness.Region });
        return new SandboxWorld(server, harness, aws);
    }

    public async ValueTask DisposeAsync()
    {
        Harness.Dispose();
        await _server.DisposeAsync();
    }

    public void Pass(TimeSpan time)
    {
        Harness.Time.Advance(time);
        Aws.Advance();
    }

    /// <summary>A release of an environment <c>production</c> with these services.</summary>
    public DesiredState Release(string image, string services)
    {
        var yaml = $"environments:\n  production:\n    name: shop\n    district: default\n    image_name: acme/shop\n    services:\n{services}";
        var parsed = ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(yaml));
        Assert.False(parsed.HasErrors, string.Join('\n', parsed.Diagnostics));
        var environment = Assert.Single(Assert.IsType<BarcelonaManifest>(parsed.Value).Environments);
        var built = DesiredStateBuilder.Build(new ReleaseInputs
        {
            Repository = RepositoryName.Parse("acme/shop"),
            Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
            Ref = GitRef.Branch("main"),
            Environment = environment,
            District = District,
            Image = image,
            Priorities = RulePriorities.Allocate(new() { Owner = "default/shop", District = District, Services = environment.Services }).Priorities,
        });
        return built.Value ?? throw new InvalidOperationException(string.Join('\n', built.Diagnostics));
    }

    public Task<ObservedState> ObserveAsync(DesiredState desired) =>
        Harness.Get<AwsStateReader>().ReadAsync(Harness.Session, desired.Target, [.. desired.TaskDefinitions.Select(t => t.Family)], Token);

    /// <summary>Takes the first steps of the plan up to the first that CloudFormation has to work on.</summary>
    /// <returns>False: there was nothing to do.</returns>
    public async Task<bool> StepAsync(DesiredState desired)
    {
        var observed = await ObserveAsync(desired);
        foreach (var step in Planner.Plan(desired, observed).Steps)
        {
            if (step is PlanStep.RegisterTaskDefinition register)
            {
                await EnsureAsync(register.TaskDefinition, observed);
                continue;
            }

            var outcome = await StartAsync(await CompleteAsync(step, desired, observed));
            Assert.True(outcome is StepOutcome.Started, outcome.ToString());
            return true;
        }

        return false;
    }

    public Task<StepOutcome> StartAsync(PlanStep step)
    {
        _operations++;
        return Harness.Get<StackConverger>().StartAsync(Harness.Session, step, LastToken, Token);
    }

    /// <summary>Steps, each given the time it needs, until the app stack's own is over, or nothing is left.</summary>
    public async Task DeployAsync(DesiredState desired)
    {
        for (var step = 0; step < 6 && await StepAsync(desired); step++)
        {
            Pass(LongEnough);
            if ((await ObserveAsync(desired)).AppStack is { } app && app.Parameters.GetValueOrDefault("Fingerprint") == desired.Fingerprint)
            {
                return;
            }
        }
    }

    public async Task<ExpectedRollout> ExpectedAsync(DesiredState desired)
    {
        var observed = await ObserveAsync(desired);
        var services = desired.TaskDefinitions.Select(t => new ExpectedService(
            t.Name, desired.Services[t.Name], observed.TaskDefinitions.First(o => o.ContentHash == t.ContentHash).Arn));
        return new ExpectedRollout("default", Assert.IsType<ObservedStack>(observed.AppStack), [.. services]);
    }

    public async Task<RolloutReading> ReadingAsync(ExpectedRollout expected) =>
        await Harness.Get<DeploymentWatcher>().ReadAsync(Harness.Session, expected, Token);

    public async Task<CollectedEvidence> EvidenceAsync(ExpectedRollout expected) => await Harness.Get<FailureEvidence>().CollectAsync(
        Harness.Session, new FailureQuery(expected, await ReadingAsync(expected), LastToken), Token);

    private async Task<PlanStep> CompleteAsync(PlanStep step, DesiredState desired, ObservedState observed) => step switch
    {
        PlanStep.CreateStack { Stack.Name: var name } when name == desired.AppStack.Name =>
            new PlanStep.CreateStack(await CompleteAsync(desired, observed)),
        PlanStep.UpdateStack { Stack.Name: var name } when name == desired.AppStack.Name =>
            new PlanStep.UpdateStack(await CompleteAsync(desired, observed)),
        _ => step,
    };

    private async Task<StackSpec> CompleteAsync(DesiredState desired, ObservedState observed)
    {
        var arns = new Dictionary<string, string>();
        foreach (var definition in desired.TaskDefinitions)
        {
            arns[definition.Name] = await EnsureAsync(definition, observed);
        }

        return desired.AppStackWith(arns, observed.HeritageStack?.Outputs ?? ImmutableSortedDictionary<string, string>.Empty, "1");
    }

    private Task<string> EnsureAsync(TaskDefinitionSpec definition, ObservedState observed) => Harness.Get<EcsConverger>().EnsureTaskDefinitionAsync(
        Harness.Session,
        definition,
        new TaskRoles(observed.HeritageStack?.Outputs[StackKeys.TaskRoleOutput], observed.HeritageStack?.Outputs[StackKeys.ExecutionRoleOutput]),
        Token);
}
