using System.Globalization;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>
/// The <c>external_id</c> of a check says what it is about: a run by its id, or the file at a pull request's or a ref's head, or at a commit.
/// </summary>
internal static class CheckIds
{
    private const string PullPrefix = "pull/", RefPrefix = "ref/", CommitPrefix = "commit/", ApprovedSuffix = ".approved";

    public static string Pull(int number) => string.Create(CultureInfo.InvariantCulture, $"{PullPrefix}{number}");

    public static string Ref(GitRef gitRef) => RefPrefix + gitRef;

    /// <summary>The check that takes the place of the one which asked for approval.</summary>
    public static string Approved(string runId) => runId + ApprovedSuffix;

    /// <summary>The run that a check is about, whichever of its checks it is.</summary>
    public static string RunOf(string externalId) =>
        externalId.EndsWith(ApprovedSuffix, StringComparison.Ordinal) ? externalId[..^ApprovedSuffix.Length] : externalId;

    /// <summary>A run's id is 32 hexadecimal digits, whoever's run it is.</summary>
    public static bool IsOfRun(string externalId) => Guid.TryParseExact(RunOf(externalId), "N", out _);

    public static string Commit(CommitSha commit) => CommitPrefix + commit;

    public static bool IsCommit(string externalId) => externalId.StartsWith(CommitPrefix, StringComparison.Ordinal);

    /// <summary>One of those that say nothing of a run.</summary>
    public static bool IsOfFile(string externalId) =>
        IsCommit(externalId) || TryParsePull(externalId, out _) || TryParseRef(externalId) is not null;

    public static bool TryParsePull(string externalId, out int number)
    {
        number = 0;
        return externalId.StartsWith(PullPrefix, StringComparison.Ordinal)
            && int.TryParse(externalId.AsSpan(PullPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public static GitRef? TryParseRef(string externalId) =>
        externalId.StartsWith(RefPrefix, StringComparison.Ordinal) && GitRef.TryParse(externalId[RefPrefix.Length..], out var gitRef) ? gitRef : null;
}
