namespace Barcelona.GitOps.Sandbox.Aws.Logs;

/// <summary>Log groups by name.</summary>
internal sealed class LogStore
{
    public SortedDictionary<string, LogGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes as the awslogs driver does: it makes the stream, and a missing group keeps the container from starting.</summary>
    public void Write(string group, string stream, IEnumerable<LogEvent> events)
    {
        if (Groups.TryGetValue(group, out var found)) found.Stream(stream).AddRange(events);
    }
}
