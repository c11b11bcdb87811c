using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary><c>listeners</c>. Bounds are those of Elastic Load Balancing.</summary>
internal static class ListenerKeys
{
    private static readonly Key<Located<string>> Endpoint =
        new("endpoint", Texts.Name.Located(), "An endpoint of the district.") { IsRequired = true };

    private static readonly Key<Located<string>> ReviewEndpoint =
        new("endpoint", Texts.Name.Located(), "Whatever it says, the review group's endpoint is used.");

    private static readonly Key<string> HealthCheckPath =
        new("health_check_path", Texts.UrlPath, "Answers with a status from 200 to 299 when a task is well.") { Default = "/" };

    private static readonly Key<int> HealthCheckInterval =
        new("health_check_interval", new NumberShape(5, 300), "Seconds between two checks.") { Default = 10 };

    private static readonly Key<int> HealthCheckTimeout =
        new("health_check_timeout", new NumberShape(2, 120), "Seconds until a check counts as failed; shorter than the interval.");

    private static readonly Key<int> HealthyThreshold =
        new("healthy_threshold_count", new NumberShape(2, 10), "Good checks in a row until a task counts as well.") { Default = 2 };

    private static readonly Key<int> UnhealthyThreshold =
        new("unhealthy_threshold_count", new NumberShape(2, 10), "Failed checks in a row until a task counts as ill.");

    private static readonly Key<Located<int>> RulePriority =
        new("rule_priority", new NumberShape(1, 50_000).Located(),
            "Unique on the endpoint; the lowest wins. Absent: the lowest free one from 100, kept for good.");

    private static readonly Key<string> ConditionType = new("type", new ChoiceShape<string>(
        from word in new[] { "path-pattern", "host-header", "http-request-method", "source-ip" } select (word, word)), "What is compared.")
    { IsRequired = true };

    private static readonly Key<string> ConditionValue = new("value", Texts.NotEmpty, "With * and ? as wildcards.") { IsRequired = true };

    private static readonly Key<ImmutableArray<RuleCondition>> RuleConditions = new("rule_conditions", new ListShape<RuleCondition>(
        new MapShape<RuleCondition>("a rule condition", [ConditionType, ConditionValue],
            values => new(values.Get(ConditionType, ""), values.Get(ConditionValue, ""), values.Span)))
    { Max = 5 },
        "Which requests the service takes; all must hold. Absent: every path.");

    public static readonly Shape<ImmutableArray<Listener>> Listeners = ListOf(Endpoint);

    /// <summary>Of a review app: endpoint and priority are the group's, so neither need be given.</summary>
    public static readonly Shape<ImmutableArray<Listener>> ReviewListeners = ListOf(ReviewEndpoint);

    private static ListShape<Listener> ListOf(Key<Located<string>> endpoint) => new(new MapShape<Listener>("a listener",
        [endpoint, HealthCheckPath, HealthCheckInterval, HealthCheckTimeout, HealthyThreshold, UnhealthyThreshold, RulePriority, RuleConditions],
        values => Bind(values, endpoint)))
    { Max = 5 };

    private static Listener Bind(MapValues values, Key<Located<string>> endpoint)
    {
        var (interval, timeout) = (values.Get(HealthCheckInterval, 10), values.FindValue(HealthCheckTimeout));
        if (timeout >= interval)
        {
            values.Log.Add(ServiceDiagnostics.Timeout(values.PlaceOf(HealthCheckTimeout), timeout.Value, interval));
        }

        return new()
        {
            Endpoint = values.Get(endpoint, new("", values.Head)),
            HealthCheckPath = values.Get(HealthCheckPath, "/"),
            PlaceOfHealthCheck = values.IsMentioned(HealthCheckPath) ? values.PlaceOf(HealthCheckPath) : null,
            HealthCheckInterval = interval,
            HealthCheckTimeout = timeout,
            HealthyThresholdCount = values.Get(HealthyThreshold, 2),
            UnhealthyThresholdCount = values.FindValue(UnhealthyThreshold),
            RulePriority = values.Find(RulePriority),
            RuleConditions = values.Get(RuleConditions, []),
            Span = values.Span,
        };
    }
}
