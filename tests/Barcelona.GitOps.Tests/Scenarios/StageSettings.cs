using Barcelona.GitOps.Sandbox.Hosting;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>The settings of README, as a test's service gets them.</summary>
/// <param name="platform">The repository with the district files; null: they lie in the stage's folder.</param>
internal sealed class StageSettings(SandboxHost sandbox, string folder, Uri aws, string? platform = null)
{
    public Dictionary<string, string?> For(string? connectionString) => new(Registries)
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Web:PublicUrl"] = "https://barcelona.example.com",
        ["GitHub:AppId"] = "4711",
        ["GitHub:PrivateKey"] = sandbox.GitHub.AppPrivateKeyPem,
        ["GitHub:WebhookSecret"] = "the-webhook-secret",
        ["GitHub:ApiUrl"] = sandbox.GitHubApiUrl.ToString(),
        ["GitHub:CloneUrl"] = sandbox.CloneUrlTemplate,
        ["Git:CacheDirectory"] = Path.Combine(folder, "mirrors"),
        ["Storage:ConnectionString"] = connectionString ?? $"Data Source={Path.Combine(folder, "barcelona.db")}",
        [platform is null ? "Platform:Directory" : "Platform:Repository"] = platform ?? Path.Combine(folder, "platform"),
        ["Aws:ServiceUrl"] = aws.ToString(),
        ["Slack:InternalUrl"] = sandbox.Slack.Url.ToString(),
        // The scenario drives the pump and the jobs itself.
        ["Worker:Enabled"] = "false",
    };

    /// <summary>No test asks a registry of the world.</summary>
    private IEnumerable<KeyValuePair<string, string?>> Registries => sandbox.RegistrySettings.Select(
        s => KeyValuePair.Create<string, string?>(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value));
}
