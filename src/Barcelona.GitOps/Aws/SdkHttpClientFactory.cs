using Amazon.Runtime;

namespace Barcelona.GitOps.Aws;

/// <summary>Gives SDK clients their HTTP client: sockets are shared by every session, and the process owns them, not the SDK.</summary>
public sealed class SdkHttpClientFactory(IHttpClientFactory clients) : HttpClientFactory
{
    private readonly Lazy<HttpClient> _client = new(() => clients.CreateClient(AwsSetup.HttpClientName));

    /// <summary>For the few requests that no client of the SDK makes.</summary>
    public HttpClient Client => _client.Value;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => Client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
