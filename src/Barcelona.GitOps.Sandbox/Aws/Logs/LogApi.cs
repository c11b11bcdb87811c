using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Logs;

/// <summary>CloudWatch Logs, API version 2014-03-28. Times are milliseconds since 1970.</summary>
internal static class LogApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["CreateLogGroup"] = CreateGroup,
        ["DeleteLogGroup"] = DeleteGroup,
        ["PutRetentionPolicy"] = PutRetention,
        ["DescribeLogGroups"] = DescribeGroups,
        ["CreateLogStream"] = CreateStream,
        ["DescribeLogStreams"] = DescribeStreams,
        ["PutLogEvents"] = PutEvents,
        ["GetLogEvents"] = GetEvents,
        ["FilterLogEvents"] = FilterEvents,
    };

    private static JsonObject CreateGroup(AwsRegion region, JsonObject request)
    {
        var name = request.Text("logGroupName") ?? "";
        if (!region.Logs.Groups.TryAdd(name, new LogGroup(name, region.Now)))
            throw new AwsErrorException("ResourceAlreadyExistsException", "The specified log group already exists");
        return [];
    }

    private static JsonObject DeleteGroup(AwsRegion region, JsonObject request)
    {
        region.Logs.Groups.Remove(Group(region, request).Name);
        return [];
    }

    private static JsonObject PutRetention(AwsRegion region, JsonObject request)
    {
        Group(region, request).RetentionInDays = request.Number("retentionInDays");
        return [];
    }

    private static JsonObject DescribeGroups(AwsRegion region, JsonObject request)
    {
        var prefix = request.Text("logGroupNamePrefix") ?? "";
        var found = region.Logs.Groups.Values.Where(group => group.Name.StartsWith(prefix, StringComparison.Ordinal));
        return Pages.Cut(request,
            [.. found.Select(group => new JsonObject
            {
                ["logGroupName"] = group.Name,
                ["arn"] = region.Arn("logs", $"log-group:{group.Name}:*"),
                ["logGroupArn"] = region.Arn("logs", $"log-group:{group.Name}"),
                ["creationTime"] = group.CreatedAt.ToUnixTimeMilliseconds(),
                ["retentionInDays"] = group.RetentionInDays,
            })],
            "logGroups", request.Number("limit") ?? 50);
    }

    private static JsonObject CreateStream(AwsRegion region, JsonObject request)
    {
        if (!Group(region, request).Streams.TryAdd(request.Text("logStreamName") ?? "", []))
            throw new AwsErrorException("ResourceAlreadyExistsException", "The specified log stream already exists");
        return [];
    }

    private static JsonObject DescribeStreams(AwsRegion region, JsonObject request)
    {
        var prefix = request.Text("logStreamNamePrefix") ?? "";
        var found = Group(region, request).Streams.Where(stream => stream.Key.StartsWith(prefix, StringComparison.Ordinal));
        if (request.Text("orderBy") == "LastEventTime") found = found.OrderBy(stream => stream.Value.LastOrDefault()?.At);
        if (request.Flag("descending")) found = found.Reverse();
        return Pages.Cut(request, [.. found.Select(stream => Describe(stream.Key, stream.Value))], "logStreams", request.Number("limit") ?? 50);
    }

    private static JsonObject PutEvents(AwsRegion region, JsonObject request)
    {
        var stream = Stream(Group(region, request), request);
        stream.AddRange(request.Objects("logEvents").Select(entry =>
            new LogEvent(DateTimeOffset.FromUnixTimeMilliseconds(entry.Long("timestamp") ?? 0), region.Now, entry.Text("message") ?? "")));
        return new JsonObject { ["nextSequenceToken"] = Identifiers.Hex(56) };
    }

    /// <summary>Pages by position; the token at the end is given again, which is how a caller knows that there is no more.</summary>
    private static JsonObject GetEvents(AwsRegion region, JsonObject request)
    {
        var events = Between(Stream(Group(region, request), request), request).ToList();
        var limit = request.Number("limit") ?? 10_000;
        var fromHead = request.Flag("startFromHead");
        var start = request.Text("nextToken") is { } token
            ? token[0] == 'f' ? Position(token) : Math.Max(0, Position(token) - limit)
            : fromHead ? 0 : Math.Max(0, events.Count - limit);
        var end = Math.Min(events.Count, request.Text("nextToken") is ['b', ..] back ? Position(back) : start + limit);
        return new JsonObject
        {
            ["events"] = events.Take(end).Skip(start).Select(entry => Describe(entry, stream: null)).ToJsonArray(),
            ["nextForwardToken"] = $"f/{end}",
            ["nextBackwardToken"] = $"b/{start}",
        };
    }

    private static JsonObject FilterEvents(AwsRegion region, JsonObject request)
    {
        var names = request.Texts("logStreamNames").ToHashSet();
        var prefix = request.Text("logStreamNamePrefix") ?? "";
        var terms = (request.Text("filterPattern") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(term => term.Trim('"')).ToList();
        var found = Group(region, request).Streams
            .Where(stream => (names.Count == 0 || names.Contains(stream.Key)) && stream.Key.StartsWith(prefix, StringComparison.Ordinal))
            .SelectMany(stream => Between(stream.Value, request).Select(entry => (Stream: stream.Key, Event: entry)))
            .Where(entry => terms.TrueForAll(term => entry.Event.Message.Contains(term, StringComparison.Ordinal)))
            .OrderBy(entry => entry.Event.At);
        return Pages.Cut(request, [.. found.Select(entry => Describe(entry.Event, entry.Stream))], "events", request.Number("limit") ?? 10_000);
    }

    private static int Position(string token) =>
        int.TryParse(token[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new AwsErrorException("InvalidParameterException", "The specified nextToken is invalid.");

    private static IEnumerable<LogEvent> Between(List<LogEvent> events, JsonObject request)
    {
        var (from, to) = (request.Long("startTime") ?? 0, request.Long("endTime") ?? long.MaxValue);
        return events.Where(entry => entry.At.ToUnixTimeMilliseconds() is var time && time >= from && time < to).OrderBy(entry => entry.At);
    }

    private static LogGroup Group(AwsRegion region, JsonObject request)
    {
        var name = request.Text("logGroupName") ?? request.Text("logGroupIdentifier")?.Split(":log-group:")[^1] ?? "";
        return region.Logs.Groups.GetValueOrDefault(name)
            ?? throw new AwsErrorException("ResourceNotFoundException", "The specified log group does not exist.");
    }

    private static List<LogEvent> Stream(LogGroup group, JsonObject request) =>
        group.Streams.GetValueOrDefault(request.Text("logStreamName") ?? "")
            ?? throw new AwsErrorException("ResourceNotFoundException", "The specified log stream does not exist.");

    private static JsonObject Describe(LogEvent entry, string? stream)
    {
        var answer = new JsonObject
        {
            ["timestamp"] = entry.At.ToUnixTimeMilliseconds(),
            ["ingestionTime"] = entry.IngestedAt.ToUnixTimeMilliseconds(),
            ["message"] = entry.Message,
        };
        if (stream is not null) answer["logStreamName"] = stream;
        return answer;
    }

    private static JsonObject Describe(string name, List<LogEvent> events) => new()
    {
        ["logStreamName"] = name,
        ["firstEventTimestamp"] = events.FirstOrDefault()?.At.ToUnixTimeMilliseconds(),
        ["lastEventTimestamp"] = events.LastOrDefault()?.At.ToUnixTimeMilliseconds(),
        ["lastIngestionTime"] = events.LastOrDefault()?.IngestedAt.ToUnixTimeMilliseconds(),
    };
}
