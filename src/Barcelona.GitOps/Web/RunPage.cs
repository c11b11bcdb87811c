using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Web;

/// <summary>
/// The page behind the links on checks and deployments: what the check says, for as long as our history goes back. Plain text, nothing to click.
/// Without what tasks have printed: that is for those who may read the repository, and GitHub knows who they are.
/// </summary>
internal static class RunPage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/runs/{id}", async (string id, Runs runs, RunTexts texts, CancellationToken cancellationToken) =>
        {
            if (id.Length > 64 || await runs.GetAsync(id, cancellationToken) is not { } run)
            {
                return Results.Text("There is no such run.\n", statusCode: StatusCodes.Status404NotFound);
            }

            var report = texts.ReportOf(run, RunProgress.Parse(run.Detail).WithoutOutput());
            return Results.Text($"{report.Title}\n\n{report.Summary}\n{report.Text}\n");
        });
}
