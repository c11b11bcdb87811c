using Amazon.Runtime;

namespace Barcelona.GitOps.Aws;

/// <summary>Gives SDK clients their HTTP client: sockets are shared by every session, and the process owns them, not the SDK.</summary>
public sealed class SdkHttpClientFactory(IHttpClientFactory clients) : HttpClientFactory
{
    private readonly Lazy<HttpClient> _client = new(() => clients.CreateClient(AwsSetup.HttpClientName));

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client.Value;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
