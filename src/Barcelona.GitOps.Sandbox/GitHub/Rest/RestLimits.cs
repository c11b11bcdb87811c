using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>The hourly budget of each caller. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api</summary>
internal sealed class RestLimits(SandboxGitHubOptions options)
{
    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts one request; false when none is left.</summary>
    public bool Take(string caller)
    {
        var window = Current(caller);
        return Interlocked.Increment(ref window.Used) <= options.RequestsPerHour;
    }

    /// <summary>A conditional request that was answered by 304 is free.</summary>
    public void GiveBack(string caller) => Interlocked.Decrement(ref Current(caller).Used);

    public (int Used, int Remaining, long Reset) Look(string caller)
    {
        var window = Current(caller);
        var used = Math.Min(Volatile.Read(ref window.Used), options.RequestsPerHour);
        return (used, options.RequestsPerHour - used, window.Ends.ToUnixTimeSeconds());
    }

    public JsonObject Describe(string caller)
    {
        var (used, remaining, reset) = Look(caller);
        JsonObject Rate() => new()
        {
            ["limit"] = options.RequestsPerHour,
            ["remaining"] = remaining,
            ["reset"] = reset,
            ["used"] = used,
        };
        return new JsonObject { ["resources"] = new JsonObject { ["core"] = Rate(), ["search"] = Rate() }, ["rate"] = Rate() };
    }

    private Window Current(string caller)
    {
        var now = options.Clock.GetUtcNow();
        return _windows.AddOrUpdate(caller,
            _ => new Window(now.AddHours(1)),
            (_, window) => window.Ends > now ? window : new Window(now.AddHours(1)));
    }

    private sealed class Window(DateTimeOffset ends)
    {
        public int Used;

        public DateTimeOffset Ends => ends;
    }
}
