namespace Barcelona.GitOps.Sandbox.GitHub;

public sealed record SandboxGitHubOptions
{
    /// <summary>Tokens expire, deliveries are dated and rate limits refill by this clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The bare repositories lie below it.</summary>
    public required string DataDirectory { get; init; }

    public long AppId { get; init; } = 4711;

    public string AppSlug { get; init; } = "barcelona";

    /// <summary>The App's key. None: a new one, which costs a tenth of a second.</summary>
    public string? AppPrivateKeyPem { get; init; }

    public string WebhookSecret { get; init; } = "the-webhook-secret";

    /// <summary>What carries the webhooks to their receiver. Null: sockets.</summary>
    public HttpMessageHandler? WebhookCarrier { get; init; }

    /// <summary>What the App asked for when it was registered; a token can only be given less.</summary>
    public IReadOnlyDictionary<string, string> AppPermissions { get; init; } = new Dictionary<string, string>
    {
        ["checks"] = "write",
        ["contents"] = "read",
        ["deployments"] = "write",
        ["issues"] = "write",
        ["members"] = "read",
        ["metadata"] = "read",
        ["pull_requests"] = "write",
        ["statuses"] = "read",
    };

    /// <summary>Events that the App subscribed to. GitHub sends installation events and the ping to every App.</summary>
    public IReadOnlyList<string> Events { get; init; } =
    [
        "check_run", "check_suite", "create", "delete", "issue_comment", "merge_group", "pull_request", "push", "status", "workflow_run",
    ];

    /// <summary>REST requests that an installation has per hour.</summary>
    public int RequestsPerHour { get; init; } = 5000;

    /// <summary>Lets anyone who reaches the port push, as this user: for a sandbox at a developer's desk, never for tests of permission.</summary>
    public string? AnonymousPusher { get; init; }
}
