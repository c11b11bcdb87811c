using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Barcelona.GitOps.Telemetry;

internal static class TelemetrySetup
{
    /// <summary>One line per event, scopes included: delivery, repository and run are opened once, at the edge.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });

        // Each request to GitHub and AWS is a line at these levels: the recorders of tests and the sandbox see them better.
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Hangfire", LogLevel.Warning);

        // Else every statement is a line: nine tenths of the log, and the loudest where there is most to do.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
    }
}
