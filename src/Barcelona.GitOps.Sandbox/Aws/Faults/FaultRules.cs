using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Faults;

/// <summary>What is to go wrong. Rules are tried in the order in which they were given; each is used up after its number of times.</summary>
public sealed class FaultRules
{
    private readonly Lock _lock = new();
    private readonly List<CallRule> _calls = [];
    private readonly List<ResourceRule> _resources = [];
    private readonly List<RollbackRule> _rollbacks = [];
    private readonly Dictionary<string, Func<string, string>> _readings = [];
    private string _noPlace = "";
    private int _placements;

    public void Throttle(FaultMatch match) => Add(match, new Fault.Throttle());

    public void ServerError(FaultMatch match) => Add(match, new Fault.Answer("InternalFailure", "The request processing has failed.", 500));

    public void TimeOut(FaultMatch match) => Add(match, new Fault.TimeOut());

    public void LostResponse(FaultMatch match) => Add(match, new Fault.LostResponse());

    public void Error(FaultMatch match, string code, string message) => Add(match, new Fault.Answer(code, message, 400));

    /// <summary>The next RunTask finds no place, and says so: <c>RESOURCE:MEMORY</c>.</summary>
    public void FailPlacement(string reason, int times = 1)
    {
        lock (_lock) (_noPlace, _placements) = (reason, times);
    }

    /// <summary>The next creation or update of the resource fails. <paramref name="resource"/> is a logical id or a type.</summary>
    public void FailResource(string resource, string reason, int times = 1)
    {
        lock (_lock) _resources.Add(new ResourceRule(resource, reason, "CREATE UPDATE", times));
    }

    /// <summary>The next deletion of the resource fails.</summary>
    public void FailDeletion(string resource, string reason, int times = 1)
    {
        lock (_lock) _resources.Add(new ResourceRule(resource, reason, "DELETE", times));
    }

    /// <summary>The next rollback of the stack gets stuck: UPDATE_ROLLBACK_FAILED, or ROLLBACK_FAILED after a creation.</summary>
    public void RollbackFails(string stackName, int times = 1)
    {
        lock (_lock) _rollbacks.Add(new RollbackRule(stackName, times));
    }

    /// <summary>From now on a stack's parameter of that name reads otherwise than it was given: a service keeps it in its own form.</summary>
    public void ReadParameterAs(string name, Func<string, string> form)
    {
        lock (_lock) _readings[name] = form;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
            _resources.Clear();
            _rollbacks.Clear();
            _readings.Clear();
            _placements = 0;
        }
    }

    internal Fault? ForCall(string service, string operation, JsonObject parameters)
    {
        lock (_lock)
        {
            var rule = _calls.Find(rule => rule.Left > 0 && rule.Match.Meets(service, operation, parameters));
            if (rule is null) return null;
            rule.Left--;
            return rule.Fault;
        }
    }

    internal string? ForPlacement()
    {
        lock (_lock) return _placements-- > 0 ? _noPlace : null;
    }

    /// <param name="verb">CREATE, UPDATE or DELETE.</param>
    internal string? ForResource(string logicalId, string type, string verb)
    {
        lock (_lock)
        {
            var rule = _resources.Find(rule =>
                rule.Left > 0 && (rule.Resource == logicalId || rule.Resource == type) && rule.Verbs.Contains(verb, StringComparison.Ordinal));
            if (rule is null) return null;
            rule.Left--;
            return rule.Reason;
        }
    }

    internal string Reading(string parameter, string value)
    {
        lock (_lock) return _readings.TryGetValue(parameter, out var form) ? form(value) : value;
    }

    internal bool ForRollback(string stackName)
    {
        lock (_lock)
        {
            var rule = _rollbacks.Find(rule => rule.Left > 0 && rule.StackName == stackName);
            if (rule is null) return false;
            rule.Left--;
            return true;
        }
    }

    private void Add(FaultMatch match, Fault fault)
    {
        lock (_lock) _calls.Add(new CallRule(match, fault));
    }

    private sealed class CallRule(FaultMatch match, Fault fault)
    {
        public FaultMatch Match { get; } = match;

        public Fault Fault { get; } = fault;

        public int Left { get; set; } = match.Times;
    }

    private sealed class ResourceRule(string resource, string reason, string verbs, int times)
    {
        public string Resource { get; } = resource;

        public string Reason { get; } = reason;

        public string Verbs { get; } = verbs;

        public int Left { get; set; } = times;
    }

    private sealed class RollbackRule(string stackName, int times)
    {
        public string StackName { get; } = stackName;

        public int Left { get; set; } = times;
    }
}
