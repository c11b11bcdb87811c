using System.IO.Enumeration;

namespace Barcelona.GitOps.Sandbox.GitHub.Faults;

/// <summary>Which requests go wrong, and how. Rules are tried in the order they were added; each is used up after its number of times.</summary>
public sealed class FaultRules
{
    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];

    /// <summary>Everything is refused, git too: connections are dropped.</summary>
    public bool Down { get; set; }

    /// <summary>Path is as REST has it, such as `/repos/*/check-runs`, with `*` and `?`; git's are `/git/…`. No method, no path: any.</summary>
    /// <param name="skip">Lets this many matching requests pass first.</param>
    public FaultRules Add(Fault fault, string? method = null, string path = "*", int times = 1, int skip = 0)
    {
        lock (_gate)
            _rules.Add(new Rule(fault, method, path) { Left = times, Skip = skip });
        return this;
    }

    public void Clear()
    {
        lock (_gate)
            _rules.Clear();
        Down = false;
    }

    internal Fault? Next(string method, string path)
    {
        lock (_gate)
        {
            foreach (var rule in _rules.Where(r => r.Matches(method, path)))
            {
                if (rule.Skip-- > 0)
                    continue;
                if (--rule.Left == 0)
                    _rules.Remove(rule);
                return rule.Fault;
            }
            return null;
        }
    }

    private sealed record Rule(Fault Fault, string? Method, string Path)
    {
        public int Left { get; set; }
        public int Skip { get; set; }

        public bool Matches(string method, string path) =>
            (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase)) && FileSystemName.MatchesSimpleExpression(Path, path);
    }
}
