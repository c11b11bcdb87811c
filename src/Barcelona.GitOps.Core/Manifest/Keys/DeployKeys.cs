using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary><c>deploy</c>: when an environment deploys and who has a say.</summary>
internal static class DeployKeys
{
    private static readonly Key<string> Branch = new("branch", Texts.RefPattern, "Branches by name or pattern.");
    private static readonly Key<string> Tag = new("tag", Texts.RefPattern, "Tags by name or pattern.");

    private static readonly Key<ImmutableArray<DeployTrigger?>> On = new("on", new ListShape<DeployTrigger?>(
        new MapShape<DeployTrigger?>("a trigger", [Branch, Tag], values => !values.HasExactlyOne(Branch, Tag) ? null
            : values.Find(Branch) is { } branch ? new(TriggerKind.Branch, branch, values.Span)
            : values.Find(Tag) is { } tag ? new(TriggerKind.Tag, tag, values.Span) : null)
        {
            Constrain = schema => schema["oneOf"] = SchemaParts.ExactlyOne(Branch, Tag),
        })
    { Min = 1, Max = 50 }, "Which pushes deploy the environment. Absent: those to the default branch.");

    private static readonly Key<ImmutableArray<Located<string>>> WaitFor =
        new("wait_for", new ListShape<Located<string>>(Texts.NotEmpty.Located()) { Max = 50 },
            "Checks or statuses on the commit that must succeed first.");

    private static readonly Key<ImmutableArray<Located<string>>> Approve =
        new("approve", new ListShape<Located<string>>(Texts.Team.Located()) { Max = 50 }, "Teams, one of whom must say yes.");

    private static readonly Key<TimeSpan> Timeout = new("timeout", new DurationShape(TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)),
        "How long a deploy may take until it counts as failed.")
    { Default = "30m" };

    public static readonly Shape<DeploySettings> Deploy = new MapShape<DeploySettings>("deploy", [On, WaitFor, Approve, Timeout], values => new()
    {
        On = [.. values.Get(On, []).OfType<DeployTrigger>()],
        WaitFor = values.Get(WaitFor, []),
        Approve = values.Get(Approve, []),
        Timeout = values.Get(Timeout, TimeSpan.FromMinutes(30)),
        Span = values.Span,
    });
}
