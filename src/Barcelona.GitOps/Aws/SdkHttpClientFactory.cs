using Amazon.Runtime;

namespace Barcelona.GitOps.Aws;

/// <summary>Gives SDK clients their HTTP client: sockets are shared by every session, and the process owns them, not the SDK.</summary>
public sealed class SdkHttpClientFactory(IHttpClientFactory clients, string name = AwsSetup.HttpClientName) : HttpClientFactory
{
    private readonly Lazy<HttpClient> _client = new(() => clients.CreateClient(name));

    /// <summary>The same for writes that must not be tried twice.</summary>
    public SdkHttpClientFactory Once() => new(clients, AwsSetup.OnceClientName);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client.Value;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
