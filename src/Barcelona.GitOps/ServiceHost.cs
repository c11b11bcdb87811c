using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Reconciliation;
using Barcelona.GitOps.Registries;
using Barcelona.GitOps.Slack;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Telemetry;
using Barcelona.GitOps.Web;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps;

/// <summary>The service: web and worker in one process, each of which a setting can turn off.</summary>
public static class ServiceHost
{
    /// <param name="args">As on the command line; settings come from the environment (README, Settings).</param>
    /// <param name="adjust">Replaces services: tests put their clock and their job queue here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        // Else the host watches the folder it was started in, with all that is below it: the mirrors perhaps, and each file that git writes.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        adjust?.Invoke(builder);
        builder.AddTelemetry();
        builder.Services
            .AddStorage(builder.Configuration)
            .AddGitHub(builder.Configuration)
            .AddGit(builder.Configuration)
            .AddAws(builder.Configuration)
            .AddRegistries(builder.Configuration)
            .AddSlack(builder.Configuration)
            .AddReconciliation(builder.Configuration)
            .AddWeb(builder.Configuration);
        builder.UseBoundedKestrel();

        var app = builder.Build();

        // Before anything is built on them, so that all that is wrong with the settings is said at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseWeb();
        return app;
    }
}
