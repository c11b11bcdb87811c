using Barcelona.GitOps.Sandbox.Hosting;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>The environment of the service: everything it reaches is the sandbox, and nothing of the person who runs it leaks in.</summary>
internal static class ServiceSettings
{
    public const string PlatformRepository = "acme/platform";

    private const string Region = "ap-northeast-1";

    /// <summary>An empty value removes the variable.</summary>
    public static IReadOnlyDictionary<string, string> For(SandboxHost host, Uri url, Workspace workspace) => new Dictionary<string, string>(
        host.RegistrySettings)
    {
        ["ASPNETCORE_URLS"] = url.AbsoluteUri.TrimEnd('/'),
        ["Web__PublicUrl"] = url.AbsoluteUri,
        ["GitHub__AppId"] = $"{host.GitHub.AppId}",
        ["GitHub__PrivateKey"] = host.GitHub.AppPrivateKeyPem,
        ["GitHub__WebhookSecret"] = host.GitHub.WebhookSecret,
        ["GitHub__ApiUrl"] = host.GitHubApiUrl.AbsoluteUri,
        ["GitHub__CloneUrl"] = host.CloneUrlTemplate,
        ["Git__CacheDirectory"] = Path.Combine(workspace.Root, "cache"),
        ["Storage__ConnectionString"] = $"Data Source={workspace.Database}",
        ["Platform__Repository"] = PlatformRepository,
        ["Aws__ServiceUrl"] = host.AwsUrl.AbsoluteUri,
        ["AWS_ACCESS_KEY_ID"] = "AKIASANDBOXSANDBOX00",
        ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_REGION"] = Region,
        // Real credentials of the person at the keyboard are out of reach, and no proxy stands between.
        ["AWS_SESSION_TOKEN"] = "",
        ["AWS_PROFILE"] = "",
        ["AWS_CONFIG_FILE"] = Path.Combine(workspace.Root, "no-aws-config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(workspace.Root, "no-aws-credentials"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["HTTP_PROXY"] = "",
        ["http_proxy"] = "",
    };
}
