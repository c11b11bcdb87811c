using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Reports.Notifications;

/// <summary>What a topic is given: JSON for programs, a subject for mail, and attributes by which subscriptions filter.</summary>
/// <param name="Subject">
/// As SNS takes it: ASCII, in one line, at most 100 characters. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
/// </param>
/// <param name="Body"><c>{"text": …, "level": "good" | "warning" | "danger", "data": {…}}</c>, as the original's, whose data it extends.</param>
/// <param name="Attributes">Name to text.</param>
public sealed record TopicMessage(string Subject, string Body, IReadOnlyDictionary<string, string> Attributes)
{
    private const int LongestSubject = 100;

    public static TopicMessage Of(Notice notice)
    {
        var (level, happened) = (NoticeText.LevelOf(notice), Name(notice.Event));
        var text = notice.Link is { } link ? $"{NoticeText.Line(notice)} {link}" : NoticeText.Line(notice);
        return new(
            SubjectOf(notice),
            new JsonObject { ["text"] = text, ["level"] = level, ["data"] = Data(notice) }.ToJsonString(),
            new Dictionary<string, string>
            {
                ["level"] = level,
                ["event"] = happened,
                ["heritage"] = notice.Heritage.Length == 0 ? "-" : notice.Heritage,
            });
    }

    private static JsonObject Data(Notice notice) => new()
    {
        ["event"] = Name(notice.Event),
        ["subject"] = notice.Subject.ToString().ToLowerInvariant(),
        ["district"] = notice.District,
        ["heritage"] = notice.Heritage.Length == 0 ? null : notice.Heritage,
        ["environment"] = notice.Environment,
        ["repository"] = notice.Repository.ToString(),
        ["ref"] = notice.Ref.Value,
        ["commit"] = notice.Commit.Value,
        ["actor"] = notice.Actor,
        ["release"] = notice.Release,
        ["of_release"] = notice.OfRelease,
        ["superseded_by"] = notice.SupersededBy?.Value,
        ["cause"] = notice.Cause is { } cause ? NoticeText.Finished(cause) : null,
        ["went_back"] = notice.WentBack,
        ["url"] = notice.Link?.AbsoluteUri,
        ["at"] = notice.At.ToString("O", CultureInfo.InvariantCulture),
    };

    private static string SubjectOf(Notice notice)
    {
        var subject = NoticeText.Prefix(notice) + $" {notice.Subject.ToString().ToLowerInvariant()} {Name(notice.Event)}";
        var ascii = new string([.. subject.Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        return ascii.Length <= LongestSubject ? ascii : ascii[..LongestSubject];
    }

    private static string Name(NoticeEvent happened) => happened.ToString().ToLowerInvariant();
}
