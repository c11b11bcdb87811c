using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Tests.House;

/// <summary>Habits that no analyzer at hand watches over.</summary>
public sealed partial class CodeRules
{
    private static IEnumerable<SourceFile> Product =>
        SourceFile.Below("src/Barcelona.GitOps").Concat(SourceFile.Below("src/Barcelona.GitOps.Core"));

    /// <summary>
    /// The webhook endpoint with the committer that answers for it, the job and the host; and a probe of readiness, which says what it caught.
    /// </summary>
    [Fact]
    public void Everything_is_caught_in_three_places_only()
    {
        var broad = Product.Where(f => BroadCatch().IsMatch(f.Text)).Select(f => f.Path);

        Assert.Equal(
            [
                "src/Barcelona.GitOps/Reconciliation/ReconcileJob.cs",
                "src/Barcelona.GitOps/Reconciliation/WorkLoop.cs",
                "src/Barcelona.GitOps/Storage/Deliveries/GroupCommit.cs",
                "src/Barcelona.GitOps/Web/Readiness.cs",
                "src/Barcelona.GitOps/Web/WebhookEndpoint.cs",
            ],
            broad.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_caught_without_a_kind_is_thrown_again() =>
        Assert.Empty(Product.Where(f => BareCatch().IsMatch(f.Text)).Select(f => f.Path));

    [Fact]
    public void Logs_go_through_LoggerMessage() => Assert.Empty(Product.SelectMany(f => f.LinesWith(PlainLog())));

    [Fact]
    public void Nothing_is_forgiven_to_be_null() => Assert.Empty(Product.SelectMany(f => f.LinesWith(Forgiven())));

    [Fact]
    public void The_console_belongs_to_the_command_line() =>
        Assert.Empty(Product.Where(f => !f.IsBelow("src/Barcelona.GitOps/Commands")).SelectMany(f => f.LinesWith(ConsoleUse())));

    // With a condition that names kinds, or finds a translation, it is not broad.
    [GeneratedRegex(@"catch \(Exception\b(?![^{]*(\b\w+ is (?!not )|Translate|UnreadablePlatform))")]
    private static partial Regex BroadCatch();

    [GeneratedRegex(@"catch\s*\{[^}]*\}(?<!throw;\s*\})")]
    private static partial Regex BareCatch();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex PlainLog();

    [GeneratedRegex(@"[\w\)\]]!([.;,)\[]|$)|\bnull!|\bdefault!")]
    private static partial Regex Forgiven();

    [GeneratedRegex(@"\bConsole\.")]
    private static partial Regex ConsoleUse();
}
