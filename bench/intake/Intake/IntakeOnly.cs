using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Web;

namespace Barcelona.GitOps.Bench.Intake;

/// <summary>The service's intake and nothing else: what an acknowledgement costs without the work that follows.</summary>
internal static class IntakeOnly
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddStorage(builder.Configuration).AddWebhooks(builder.Configuration);
        await using var app = builder.Build();
        WebhookEndpoint.Map(app);
        await app.RunAsync();
    }
}
