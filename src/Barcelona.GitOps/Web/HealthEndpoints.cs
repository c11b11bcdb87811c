namespace Barcelona.GitOps.Web;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work; what stands in the way is named.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var checks = await readiness.CheckAsync(cancellationToken);
            var text = string.Concat(checks.Select(check => $"{check.Name}: {check.Trouble ?? "ok"}\n"));
            return Results.Text(text, statusCode: checks.All(check => check.Trouble is null) ? 200 : 503);
        });
    }
}
