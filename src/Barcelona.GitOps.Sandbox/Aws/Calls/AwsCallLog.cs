using System.Collections;

namespace Barcelona.GitOps.Sandbox.Aws.Calls;

/// <summary>Every call that arrived, in order. Enumerating takes a snapshot, so calls may go on meanwhile.</summary>
public sealed class AwsCallLog : IEnumerable<AwsCall>
{
    private static readonly string[] ReadVerbs =
        ["Describe", "List", "Get", "Validate", "Filter", "Head", "BatchGet", "AssumeRole", "StartQuery"];

    private readonly Lock _lock = new();
    private readonly List<AwsCall> _calls = [];

    /// <summary>The calls that could have changed something.</summary>
    public IReadOnlyList<AwsCall> Writes => [.. Snapshot().Where(call => call.IsWrite)];

    public int Count
    {
        get
        {
            lock (_lock) return _calls.Count;
        }
    }

    public IReadOnlyList<AwsCall> Snapshot()
    {
        lock (_lock) return [.. _calls];
    }

    /// <summary>The calls of one operation, such as <c>Of("cloudformation", "CreateStack")</c>.</summary>
    public IReadOnlyList<AwsCall> Of(string service, string operation) =>
        [.. Snapshot().Where(call => call.Service == service && call.Operation == operation)];

    public void Clear()
    {
        lock (_lock) _calls.Clear();
    }

    public IEnumerator<AwsCall> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static bool Writing(string operation) => !ReadVerbs.Any(verb => operation.StartsWith(verb, StringComparison.Ordinal));

    internal void Add(AwsCall call)
    {
        lock (_lock) _calls.Add(call);
    }
}
