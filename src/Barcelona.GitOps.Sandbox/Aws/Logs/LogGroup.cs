namespace Barcelona.GitOps.Sandbox.Aws.Logs;

internal sealed class LogGroup(string name, DateTimeOffset createdAt)
{
    public string Name { get; } = name;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Null keeps events for ever.</summary>
    public int? RetentionInDays { get; set; }

    /// <summary>Events by stream, in the order of their arrival.</summary>
    public SortedDictionary<string, List<LogEvent>> Streams { get; } = new(StringComparer.Ordinal);

    public List<LogEvent> Stream(string name)
    {
        if (!Streams.TryGetValue(name, out var stream)) Streams[name] = stream = [];
        return stream;
    }
}
