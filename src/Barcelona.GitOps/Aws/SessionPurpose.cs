using System.Text.RegularExpressions;
using Amazon.SecurityToken.Model;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Aws;

/// <summary>For whom a session acts: becomes the session's name and tags, so that CloudTrail says who deployed what.</summary>
/// <param name="Commit">Null: the work concerns no commit.</param>
/// <param name="Actor">A GitHub login, or the name of a part of the service. Null: the service itself.</param>
public sealed partial record SessionPurpose(RepositoryName Repository, CommitSha? Commit, string? Actor)
{
    // Limits: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    private const int MaxSessionName = 64, MaxTagValue = 256;

    private const string Service = "barcelona";

    internal string SessionName
    {
        get
        {
            var suffix = Commit is null ? "" : "-" + Commit.Abbreviated;
            return Cut("barcelona-" + NotInSessionNames().Replace(Repository.ToString(), "."), MaxSessionName - suffix.Length) + suffix;
        }
    }

    internal List<Tag> SessionTags
    {
        get
        {
            List<Tag> tags = [TagOf("barcelona:repository", Repository.ToString()), TagOf("barcelona:actor", Actor ?? Service)];
            if (Commit is not null)
            {
                tags.Add(TagOf("barcelona:commit", Commit.Value));
            }

            return tags;
        }
    }

    // A bot's login ends in "[bot]", and STS takes no brackets.
    private static Tag TagOf(string key, string value) => new() { Key = key, Value = Cut(NotInTags().Replace(value, "-"), MaxTagValue) };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    [GeneratedRegex(@"[^A-Za-z0-9_+=,.@-]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInSessionNames();

    [GeneratedRegex(@"[^\p{L}\p{Z}\p{N}_.:/=+\-@]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInTags();
}
