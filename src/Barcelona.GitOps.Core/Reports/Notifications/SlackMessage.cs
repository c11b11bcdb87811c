using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Reports.Notifications;

/// <summary>
/// What an incoming webhook is sent: an attachment, whose edge has the level's colour. Nothing in it mentions, formats or shows previews; a preview
/// would have Slack open the page of the run. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
/// </summary>
public static class SlackMessage
{
    private const int MostLines = 15, LongestOfMany = 220;

    public static string Of(Notice notice) =>
        Json(NoticeText.Line(notice), Escape(NoticeText.Line(notice)) + Link(notice), NoticeText.LevelOf(notice));

    /// <summary>Many at once are an outage, or a change that all applications get: one message, with the worst first.</summary>
    public static string Of(IReadOnlyList<Notice> notices)
    {
        if (notices is [var only])
        {
            return Of(only);
        }

        var sorted = notices.OrderBy(Rank).ToList();
        var counts = sorted.GroupBy(n => n.Event)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}"));
        var heading = string.Create(
            CultureInfo.InvariantCulture, $"[{sorted[0].District}] {sorted.Count} messages at once: {string.Join(", ", counts)}.");
        var lines = sorted.Take(MostLines).Select(n => Escape(TextLimit.Cut(NoticeText.Line(n), LongestOfMany)) + Link(n));
        var rest = sorted.Count > MostLines ? string.Create(CultureInfo.InvariantCulture, $"\nand {sorted.Count - MostLines} more") : "";
        return Json(heading, $"{Escape(heading)}\n{string.Join('\n', lines)}{rest}", NoticeText.LevelOf(sorted[0]));
    }

    private static string Json(string fallback, string text, string level) => new JsonObject
    {
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["color"] = level,
            ["fallback"] = Escape(fallback),
            ["text"] = text,
            ["mrkdwn_in"] = new JsonArray(),
        }),
    }.ToJsonString();

    private static string Link(Notice notice) => notice.Link is { } link ? $" <{Escape(link.AbsoluteUri)}|Details>" : "";

    /// <summary>The three characters that mean something: without them there is no mention and no link.</summary>
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static int Rank(Notice notice) => NoticeText.LevelOf(notice) switch { "danger" => 0, "warning" => 1, _ => 2 };
}
