namespace Barcelona.GitOps.Tests.Scenarios.Histories.Steps;

/// <summary>An environment of the repository.</summary>
/// <param name="Trigger">A branch, or <c>tags</c>.</param>
internal sealed record Deployed(string Environment, string Heritage, string Trigger)
{
    public bool IsByTags => Trigger == "tags";

    public bool Approved { get; init; }

    public string CheckName => $"barcelona/{Environment}";
}

/// <summary>Which environments there are, and what runs in each.</summary>
internal sealed record Layout(string Name, bool HasWeb, IReadOnlyList<Deployed> Targets)
{
    public static IReadOnlyList<IReadOnlyList<Deployed>> All { get; } =
    [
        [new("production", "shop", "main")],
        [new("production", "shop", "main"), new("staging", "shop-staging", "develop")],
        [new("staging", "shop-staging", "main"), new("production", "shop", "tags")],
        [new("production", "shop", "main"), new("staging", "shop-staging", "main")],
        [new("production", "shop", "main") { Approved = true }],
    ];

    public IEnumerable<string> Branches => Targets.Where(t => !t.IsByTags).Select(t => t.Trigger).Append("main").Distinct();

    public string Manifest(Content content, int number)
    {
        var services = HasWeb
            ? """
                  - name: web
                    service_type: web
                    cpu: 32
                    memory: 128
                    command: bundle exec ruby main.rb
                    listeners: [{endpoint: demo-endpoint, health_check_path: /}]
                  - {name: worker, memory: 256, command: bundle exec sidekiq}
            """
            : """
                  - {name: worker, memory: 256, command: bundle exec sidekiq}
            """;
        var environments = Targets.Select(t => $$"""
              {{t.Environment}}:
                name: {{t.Heritage}}
                district: default
                deploy: {on: [{{(t.IsByTags ? "{tag: \"v*\"}" : $"{{branch: {t.Trigger}}}")}}]{{(t.Approved ? ", approve: [acme/ops]" : "")}}}
                image_name: acme/shop
                image_tag: "{sha}"
                {{(content == Content.Refused ? "environment: [{name: KEY, secret: nowhere}]" : "# nothing more")}}
                {{(content == Content.Broken ? "servces" : "services")}}:
            {{services}}

            """);
        return $"environments:\n{string.Concat(environments)}# {number}\n";
    }

    public override string ToString() =>
        string.Join(", ", Targets.Select(t => $"{t.Environment} by {t.Trigger}{(t.Approved ? " after approval" : "")}"))
        + (HasWeb ? ", with a web service" : "");
}
