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

            var progress = RunProgress.Parse(run.Detail);
            var (whole, shown) = (texts.ReportOf(run, progress), texts.ReportOf(run, progress.WithoutOutput()));
            var more = whole.Text == shown.Text ? "" : "The evidence is in the check on GitHub, for whoever may read the repository.\n";
            return Results.Text($"{shown.Title}\n\n{shown.Summary}\n{shown.Text}\n{more}");
        });
}
