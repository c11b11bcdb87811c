using System.CommandLine;
using System.Globalization;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary><c>barcelona releases TARGET</c>: what was deployed, the newest first, and which of it runs.</summary>
internal static class ReleasesCommand
{
    public static Command Create() => TargetCommand.Create("releases", "Lists a target's releases, the newest first.", [], ListAsync);

    private static async Task<int> ListAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        var kept = new KeptReleases(await request.Database.Get<ReleaseHistory>().ListAsync(request.Target, cancellationToken));
        if (kept.All.Count == 0)
        {
            await request.Output.WriteLineAsync($"{request.Target} has no release on record.");
            return 0;
        }

        List<string[]> rows = [["", "release", "when", "commit", "image", "who", "why", "state"], .. kept.All.Select(r => Row(r, kept))];
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows)
        {
            await request.Output.WriteLineAsync(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        return 0;
    }

    private static string[] Row(Release release, KeptReleases kept) =>
    [
        release == kept.Running ? "*" : "",
        release.Number.ToString(CultureInfo.InvariantCulture),
        release.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
        release.Commit.Abbreviated,
        release.ImageTag,
        release.Actor ?? "",
        release.Reason ?? "",
        StateOf(release, kept),
    ];

    private static string StateOf(Release release, KeptReleases kept) => release switch
    {
        _ when release == kept.Running => "runs",
        { State: RunState.Queued or RunState.Running } => "under way",
        { RanAt: not null } => "ran",
        { State: { } state, Cause: { } cause } => $"{state.ToString().ToLowerInvariant()}: {cause.ReplaceLineEndings(" ")}",
        { State: { } state } => state.ToString().ToLowerInvariant(),
        _ => "",
    };
}
