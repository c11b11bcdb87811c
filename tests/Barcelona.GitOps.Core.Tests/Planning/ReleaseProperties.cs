using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Tests.Templates;
using CsCheck;

namespace Barcelona.GitOps.Core.Tests.Planning;

/// <summary>Promises 8 and 10 over releases of every shape.</summary>
public sealed class ReleaseProperties
{
    private static readonly Gen<string> Name = Gen.Char["abcxyz012-"].Array[2, 8].Select(c => new string(c)).Where(NameRules.IsValid);

    private static readonly Gen<Listener> Listener = Gen.Select(
        Gen.Bool.Select(b => b ? "demo-endpoint" : "plain-endpoint"), Gen.Int[5, 300], Gen.Bool, (endpoint, interval, hasHost) => new Listener
        {
            Endpoint = At(endpoint),
            HealthCheckInterval = interval,
            RuleConditions = hasHost ? [new("host-header", "a.example.com", Example.Nowhere)] : [],
            Span = Example.Nowhere,
        });

    private static readonly Gen<ServiceManifest> Service =
        from name in Name
        from capacity in Gen.Enum<Capacity>()
        from memory in Gen.Int[4, 30_000]
        from cpu in Gen.Int[0, 4096]
        from count in Gen.Int[-1, 5]
        from listeners in Listener.Array[0, 3]
        from ports in Gen.Int[1, 9].Array[0, 2]
        from most in Gen.Int[0, 5]
        select new ServiceManifest
        {
            Name = At(name),
            Type = listeners.Length > 0 ? ServiceType.Web : ServiceType.Default,
            Capacity = At(capacity),
            Memory = At(memory),
            Cpu = cpu == 0 ? null : At(cpu),
            Count = count < 0 ? null : count,
            Command = new("bin/run", [], Example.Nowhere),
            Listeners = [.. listeners],
            PortMappings = [.. ports.Distinct().Select(p => new PortMapping(p, 9000 + (p % 2), null, PortProtocol.Tcp, p > 5, Example.Nowhere))],
            Public = count > 2,
            Autoscaling = most == 0 ? null : new(1, most, 60, null, listeners.Length > 0 ? 100 : null, Example.Nowhere),
            Span = Example.Nowhere,
        };

    private static readonly Gen<EnvironmentVariable> Variable = Gen.Select(
        Name, Name, Gen.Int[0, 3], (name, value, kind) => (EnvironmentVariable)(kind switch
        {
            0 => new EnvironmentVariable.Plain(At(name), value),
            1 => new EnvironmentVariable.ValueFrom(At(name), At(value)),
            2 => new EnvironmentVariable.SsmParameter(At(name), At(value)),
            _ => new EnvironmentVariable.Secret(At(name), At(value), null),
        }));

    private static readonly Gen<ScheduledTask> Schedule = Gen.Select(Name, Gen.Int[1, 59], Gen.Int[0, 3], (name, minutes, kind) => new ScheduledTask
    {
        Name = "task-" + name,
        Schedule = At($"rate({minutes + 1} minutes)"),
        Command = new(null, ["bin/" + name], Example.Nowhere),
        Capacity = kind switch { 0 => null, 1 => new(Capacity.Fargate, Example.Nowhere), _ => new(Capacity.FargateSpot, Example.Nowhere) },
        Retries = kind,
        ExternalTaskDefinition = kind == 3 ? At("other:" + minutes) : null,
        Span = Example.Nowhere,
    });

    private static readonly Gen<EnvironmentManifest> Environment =
        from services in Service.Array[0, 4]
        from variables in Variable.Array[0, 5]
        from schedules in Schedule.Array[0, 3]
        select new EnvironmentManifest
        {
            Key = At("production"),
            Name = At("shop"),
            District = At("default"),
            ImageName = At("acme/shop"),
            Variables = [.. variables.DistinctBy(v => v.Name.Value)],
            ScheduledTasks = [.. schedules.DistinctBy(s => s.Name)],
            Services = [.. services.DistinctBy(s => s.Name.Value)],
            Span = Example.Nowhere,
        };

    [Fact]
    public void A_plan_right_after_applying_is_empty() => Environment.Sample(environment =>
    {
        var desired = Example.Desired(Example.Release(environment, Example.District));

        var plan = Planner.Plan(desired, Applied.To(Applied.Nothing, desired));

        Assert.True(plan.IsEmpty);
        Assert.All(plan.Changes, c => Assert.Equal(ChangeKind.Unchanged, c.Kind));
    });

    [Fact]
    public void Whatever_ran_before_one_application_of_a_plan_is_enough() => Gen.Select(Environment, Environment).Sample((before, after) =>
    {
        var old = Applied.To(Applied.Nothing, Example.Desired(Example.Release(before, Example.District)));
        var desired = Example.Desired(Example.Release(after, Example.District));

        Assert.True(Planner.Plan(desired, Applied.To(old, desired, "2")).IsEmpty);
    });

    [Fact]
    public void The_order_in_the_file_decides_nothing() => Environment.Sample(environment =>
    {
        var release = Example.Release(environment, Example.District);
        var reversed = release with
        {
            Environment = environment with
            {
                Services = [.. environment.Services.Reverse()],
                ScheduledTasks = [.. environment.ScheduledTasks.Reverse()],
                Variables = [.. environment.Variables.Reverse()],
            },
        };

        Assert.Equal(Example.Desired(release).Fingerprint, Example.Desired(reversed).Fingerprint);
    });

    [Fact]
    public void The_image_decides_the_fingerprint_where_something_runs_it_and_its_tag_does_not() => Environment.Sample(environment =>
    {
        var release = Example.Release(environment, Example.District);
        var one = Example.Desired(release with { ImageDigest = $"sha256:{new string('1', 64)}" });
        var other = Example.Desired(release with { ImageDigest = $"sha256:{new string('2', 64)}" });
        var tagged = Example.Desired(release with { Image = "acme/shop:other", ImageDigest = $"sha256:{new string('1', 64)}" });

        Assert.Equal(one.TaskDefinitions.IsEmpty, one.Fingerprint == other.Fingerprint);
        Assert.Equal(one.Fingerprint, tagged.Fingerprint);
        Assert.Equal("acme/shop:other", tagged.AppStack.Parameters["Image"]);
        var image = $"\"image\":\"acme/shop@sha256:{new string('1', 64)}\"";
        Assert.All(one.TaskDefinitions, t => Assert.Contains(image, t.Content, StringComparison.Ordinal));
    });

    /// <summary>The database is gone: the priorities are found in the parameters of the stack.</summary>
    [Fact]
    public void What_was_allocated_is_found_again_in_the_stack() => Environment.Sample(environment =>
    {
        var release = Example.Release(environment, Example.District);
        var app = Applied.To(Applied.Nothing, Example.Desired(release)).AppStack;

        var again = Core.Templates.Routing.RulePriorities.Allocate(new()
        {
            Owner = "me",
            District = Example.District,
            Services = environment.Services,
            AppStackParameters = app?.Parameters ?? ImmutableSortedDictionary<string, string>.Empty,
        });

        Assert.Equal(release.Priorities, again.Priorities);
    });

    private static Located<T> At<T>(T value) => new(value, Example.Nowhere);
}
