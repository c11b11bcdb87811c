namespace Barcelona.GitOps.Core.Tests.House;

/// <summary>
/// Who may use whom: Core, Internet ← GitHub, Git, Aws, Registries, Slack, Storage, Telemetry ← Reconciliation ← Commands, Web and the host.
/// </summary>
public sealed class DependencyRules
{
    private const string Product = "Barcelona.GitOps";

    /// <summary>A folder of the service to the other folders whose namespaces it may name.</summary>
    public static TheoryData<string, string[]> Rooms => new()
    {
        { "GitHub", [] },
        { "Git", [] },
        { "Aws", [] },
        { "Registries", ["Internet"] },
        { "Slack", ["Internet"] },
        { "Internet", [] },
        { "Storage", [] },
        { "Telemetry", [] },
        { "Reconciliation", ["GitHub", "Git", "Aws", "Registries", "Slack", "Storage", "Telemetry"] },
        { "Web", ["GitHub", "Git", "Aws", "Registries", "Slack", "Storage", "Telemetry", "Reconciliation"] },
        { "Commands", ["GitHub", "Git", "Aws", "Registries", "Slack", "Storage", "Telemetry", "Reconciliation", "Web"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_those_below_it(string room, string[] allowed)
    {
        var breaches = SourceFile.Below($"src/{Product}/{room}")
            .SelectMany(
                file => file.Usings.Where(u => Room(u) is { } used && used != room && used != "Core" && !allowed.Contains(used))
                    .Select(u => $"{file.Path} uses {u}"));

        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_room_of_the_service_has_its_rule()
    {
        var rooms = SourceFile.Below($"src/{Product}").Select(f => f.Path.Split('/')).Where(p => p.Length > 3).Select(p => p[2]).Distinct().Order();

        Assert.Equal(Rooms.Select(r => r.Data.Item1).Order(), rooms);
    }

    [Fact]
    public void Core_is_pure()
    {
        string[] impure =
        [
            "System.Net", "System.Diagnostics.Process", "System.Threading", "Microsoft.Extensions", "Amazon", "Octokit", "LibGit2Sharp", "Hangfire",
            "Npgsql",
        ];
        var breaches = SourceFile.Below($"src/{Product}.Core")
            .SelectMany(file => file.Usings
                .Where(u => impure.Any(i => u == i || u.StartsWith(i + ".", StringComparison.Ordinal)) || Room(u) is not (null or "Core"))
                .Select(u => $"{file.Path} uses {u}"));

        Assert.Empty(breaches);
    }

    [Fact]
    public void The_service_reaches_the_sandbox_as_it_reaches_the_real_thing()
    {
        Assert.DoesNotContain(SourceFile.Below($"src/{Product}"), f => f.Text.Contains($"{Product}.Sandbox", StringComparison.Ordinal));
        Assert.DoesNotContain(
            SourceFile.Below($"src/{Product}.Sandbox"), f => f.Usings.Any(u => Room(u) is not (null or "Sandbox")));
    }

    /// <summary>The first part below the product's name; null for the namespaces of others.</summary>
    private static string? Room(string used) => used.StartsWith(Product + ".", StringComparison.Ordinal) ? used.Split('.')[2] : null;
}
