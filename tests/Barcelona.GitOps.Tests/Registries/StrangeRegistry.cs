using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>A server that answers as a test says, and remembers who came with which credentials.</summary>
internal sealed class StrangeRegistry : IAsyncDisposable
{
    private readonly WebApplication _server;

    private StrangeRegistry(WebApplication server) => _server = server;

    public Uri Url => new(_server.Urls.First() + "/");

    /// <summary>Method, path, and the header <c>Authorization</c>.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<StrangeRegistry> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var registry = new StrangeRegistry(server);
        server.Map("/{**path}", context =>
        {
            var request = context.Request;
            lock (registry.Asked)
            {
                registry.Asked.Add($"{request.Method} {request.Path}{request.QueryString} {request.Headers.Authorization}".TrimEnd());
            }

            return answer(context);
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return registry;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
