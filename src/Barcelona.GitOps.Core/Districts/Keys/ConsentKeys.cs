using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest.Keys;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>
/// Who may do what in a district: <c>repositories</c>, <c>teams</c>, <c>apps</c>, <c>policy</c>, <c>registries</c>, <c>notifications</c>.
/// </summary>
internal static class ConsentKeys
{
    private static readonly Key<string> Repository =
        new("repository", DistrictTexts.RepositoryPattern, "owner/name, with wildcards in the name.") { IsRequired = true };

    private static readonly Key<ImmutableArray<string>> Environments =
        new("environments", new ListShape<string>(Texts.EnvironmentKey) { Min = 1, Max = 100 },
        "The environments it may take, also from files that name no district.")
        { IsRequired = true };

    public static readonly Shape<ImmutableArray<RepositoryConsent>> Repositories = new ListShape<RepositoryConsent>(new EitherShape<RepositoryConsent>
    {
        Single = DistrictTexts.RepositoryPattern.Select((pattern, node, _) => new RepositoryConsent(pattern, null, node.Span)),
        Map = new MapShape<RepositoryConsent>("a repository", [Repository, Environments],
            values => new(values.Get(Repository, ""), values.TryGet(Environments, out var environments) ? environments : [], values.Span)),
    });

    public static readonly Shape<ImmutableSortedDictionary<string, TeamRight>> Teams =
        new EntriesShape<TeamRight>(Texts.Team, new ChoiceShape<TeamRight>(
        ("read", TeamRight.Read), ("run", TeamRight.Run), ("deploy", TeamRight.Deploy), ("admin", TeamRight.Admin)))
        { HasNoFreeKeys = true }
        .Select((entries, _, _) => entries.ToImmutableSortedDictionary(e => e.Name.Value, e => e.Value, StringComparer.Ordinal));

    public static readonly Shape<ImmutableArray<string>> Apps = new ListShape<string>(DistrictTexts.AppSlug) { Max = 50 };

    private static readonly Key<int> MaxCpu = new("max_cpu", new NumberShape(1), "CPU units per task.");
    private static readonly Key<int> MaxMemory = new("max_memory", new NumberShape(1), "MiB per task.");

    private static readonly Key<ImmutableArray<string>> AllowedRegistries =
        new("registries", new ListShape<string>(DistrictTexts.RegistryHost),
            "Hosts that images may come from; Docker Hub is docker.io. Absent: any.");

    public static readonly Shape<DistrictPolicy> Policy = new MapShape<DistrictPolicy>("policy", [MaxCpu, MaxMemory, AllowedRegistries],
        values => new(values.FindValue(MaxCpu), values.FindValue(MaxMemory), values.TryGet(AllowedRegistries, out var hosts) ? hosts : null));

    private static readonly Key<string> Secret =
        new("secret", Texts.SecretPath, "A secret of Secrets Manager below barcelona/<district>/.") { IsRequired = true };

    public static readonly Shape<ImmutableSortedDictionary<string, string>> Registries = new EntriesShape<string>(DistrictTexts.RegistryHost,
        new MapShape<string>("a registry", [Secret], values => values.Get(Secret, "")))
    { HasNoFreeKeys = true }
        .Select((entries, _, _) => entries.ToImmutableSortedDictionary(e => e.Name.Value, e => e.Value, StringComparer.Ordinal));

    private static readonly Key<string> Slack = new("slack", Texts.SecretPath, "The secret that holds an incoming webhook's address.");
    private static readonly Key<bool> Sns = new("sns", new FlagShape(), "Publishes to the district's topic.");

    public static readonly Shape<ImmutableArray<Notification>> Notifications = new ListShape<Notification?>(
        new MapShape<Notification?>("a notification", [Slack, Sns], Notify)
        {
            Constrain = schema => schema["oneOf"] = SchemaParts.ExactlyOne(Slack, Sns),
        })
    { Max = 20 }.Select((notifications, _, _) => notifications.OfType<Notification>().ToImmutableArray());

    private static Notification? Notify(MapValues values) =>
        !values.HasExactlyOne(Slack, Sns) ? null
        : values.Find(Slack) is { } secret ? new("slack", secret)
        : values.Get(Sns, false) ? new("sns", null)
        : null;
}
