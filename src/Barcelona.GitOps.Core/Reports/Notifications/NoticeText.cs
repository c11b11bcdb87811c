using System.Globalization;

namespace Barcelona.GitOps.Core.Reports.Notifications;

/// <summary>One line of plain text for people, in every channel the same.</summary>
public static class NoticeText
{
    private const int LongestCause = 400, LongestWord = 80, LongestLine = 700;

    /// <summary><c>[default/shop] production: deployed abc1234 as release 12, by octocat.</c></summary>
    public static string Line(Notice notice)
    {
        var by = notice.Event is NoticeEvent.Cancelled || notice.Actor is not { } actor ? "" : $", by {Word(actor)}";
        var more = notice.Cause is { Length: > 0 } cause && notice.Event is not NoticeEvent.Superseded
            ? $": {TextLimit.Cut(cause.Trim(), LongestCause).TrimEnd('.')}." : ".";
        return Finished($"{Prefix(notice)} {Where(notice)}{Sentence(notice)}{by}{more}{Back(notice)}");
    }

    public static string Prefix(Notice notice) => notice.Heritage.Length == 0 ? $"[{notice.District}]" : $"[{notice.District}/{notice.Heritage}]";

    /// <summary>As the original Barcelona says it, and Slack calls its colours.</summary>
    public static string LevelOf(Notice notice) => notice.Event switch
    {
        NoticeEvent.Failed or NoticeEvent.Rejected => "danger",
        NoticeEvent.Superseded or NoticeEvent.Cancelled => "warning",
        _ => "good",
    };

    /// <summary>Without anything that looks like a secret, and in one line whatever it is made of.</summary>
    internal static string Finished(string text) => TextLimit.Cut(Redactor.Redact(MarkdownText.Line(text)), LongestLine);

    private static string Where(Notice notice) => notice.Heritage.Length == 0 ? "" : $"{Word(notice.Environment)}: ";

    private static string Sentence(Notice notice)
    {
        var (doing, done, name) = Words(notice);
        return notice.Event switch
        {
            NoticeEvent.Started => doing,
            NoticeEvent.Succeeded => done,
            NoticeEvent.Failed => $"{name} failed",
            NoticeEvent.Rejected => $"{name} was refused",
            NoticeEvent.Superseded when notice.SupersededBy == notice.Commit => $"{name} was asked for again",
            NoticeEvent.Superseded => $"{name} was superseded{(notice.SupersededBy is { } by ? $" by {by.Abbreviated}" : "")}",
            NoticeEvent.Cancelled => $"{name} was cancelled",
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Event, "Not an event."),
        };
    }

    private static (string Doing, string Done, string Name) Words(Notice notice)
    {
        var what = notice.Ref.IsTag ? $"{Word(notice.Ref.ShortName)} ({notice.Commit.Abbreviated})" : notice.Commit.Abbreviated;
        var back = string.Create(CultureInfo.InvariantCulture, $"to release {notice.OfRelease} ({notice.Commit.Abbreviated})");
        var services = notice.Services is { Length: > 0 } named ? named.Replace(",", ", ", StringComparison.Ordinal) : "all services";
        var number = notice.Release is { } release ? string.Create(CultureInfo.InvariantCulture, $" as release {release}") : "";
        return notice.Subject switch
        {
            NoticeSubject.Deploy => ($"deploying {what}", $"deployed {what}{number}", $"deploy of {what}"),
            NoticeSubject.Rollback => ($"rolling back {back}", $"rolled back {back}", $"rollback {back}"),
            NoticeSubject.Restart => ($"restarting {services}", $"restarted {services}", $"restart of {services}"),
            NoticeSubject.District => ($"changing it to what {what} says", $"is as {what} says", $"change to what {what} says"),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Subject, "Not a subject."),
        };
    }

    private static string Back(Notice notice) =>
        notice.WentBack && notice.Cause?.Contains("went back", StringComparison.Ordinal) is not true ? " AWS went back to what ran before." : "";

    private static string Word(string word) => TextLimit.Cut(word, LongestWord);
}
