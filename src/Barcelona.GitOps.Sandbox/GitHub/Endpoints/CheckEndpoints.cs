using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>Check runs and suites.</summary>
internal static class CheckEndpoints
{
    public static void Map(RestRoutes routes) => routes
        .Post("/repos/{owner}/{repo}/check-runs", RestAccess.ToWrite("checks"), Create)
        .Patch("/repos/{owner}/{repo}/check-runs/{check_run_id}", RestAccess.ToWrite("checks"), Update)
        .Get("/repos/{owner}/{repo}/check-runs/{check_run_id}", RestAccess.Read("checks"), call =>
            Find(call) is { } run ? RestAnswer.Ok(CheckJson.Run(call.Repository, run, call.Urls)) : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", RestAccess.Read("checks"), call => Find(call) is { } run
            ? RestPaging.Page(call, run.Annotations, a => CheckJson.Annotation(call.Repository, run, a, call.Urls))
            : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/commits/{ref}/check-runs", RestAccess.Read("checks"), call =>
            call.Repository.Git.Resolve(call.Route("ref")) is { } sha
                ? ListRuns(call, r => r.HeadSha == sha)
                : RestAnswer.Refused(422, $"No commit found for SHA: {call.Route("ref")}"))
        .Get("/repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs", RestAccess.Read("checks"), call =>
            ListRuns(call, r => r.SuiteId == call.RouteId("check_suite_id")))
        .Get("/repos/{owner}/{repo}/check-suites/{check_suite_id}", RestAccess.Read("checks"), call =>
            call.Repository.CheckSuiteLedger.Find(call.RouteId("check_suite_id")) is { } suite
                ? RestAnswer.Ok(Suite(call, suite))
                : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/commits/{ref}/check-suites", RestAccess.Read("checks"), ListSuites);

    private static SandboxCheckRun? Find(RestCall call) => call.Repository.CheckRunLedger.Find(call.RouteId("check_run_id"));

    private static RestAnswer Create(RestCall call)
    {
        if (CheckRunInput.Problem(call.Body, creating: true) is { } problem)
            return RestAnswer.Invalid(problem);
        var sha = call.Body.Text("head_sha") ?? "";
        if (sha.Length != 40 || call.Repository.Git.Commit(sha) is null)
            return RestAnswer.Refused(422, $"No commit found for SHA: {sha}");
        var run = call.Repository.CheckRunLedger.Add(CheckRunInput.Apply(call.Body, new SandboxCheckRun
        {
            Id = call.GitHub.Ids.Next(),
            SuiteId = call.Repository.SuiteOf(sha).Id,
            Name = call.Body.Text("name") ?? "",
            HeadSha = sha,
            StartedAt = call.GitHub.Now,
        }, call.GitHub.Now));
        Announce(call, run, run.Status == "completed" ? "completed" : "created");
        return RestAnswer.Created(CheckJson.Run(call.Repository, run, call.Urls));
    }

    private static RestAnswer Update(RestCall call)
    {
        if (Find(call) is not { } before)
            return RestAnswer.NotFound;
        if (CheckRunInput.Problem(call.Body, creating: false) is { } problem)
            return RestAnswer.Invalid(problem);
        if (call.Repository.CheckRunLedger.Update(before.Id, r => CheckRunInput.Apply(call.Body, r, call.GitHub.Now)) is not { } run)
            return RestAnswer.NotFound;
        Announce(call, run, before.Status != "completed" && run.Status == "completed" ? "completed" : null);
        return RestAnswer.Ok(CheckJson.Run(call.Repository, run, call.Urls));
    }

    /// <summary>GitHub tells an App of its own runs too, with the App's bot as the sender.</summary>
    private static void Announce(RestCall call, SandboxCheckRun run, string? action)
    {
        call.GitHub.Announce(new CheckRunChanged(call.Repository, run));
        if (action is not null)
            _ = call.GitHub.Webhooks.SendAsync(CheckEvents.Run(call.Repository, run, action, call.GitHub.Bot));
    }

    /// <summary>Of several runs with one name in a suite only the newest is listed, unless `filter=all`.</summary>
    private static RestAnswer ListRuns(RestCall call, Func<SandboxCheckRun, bool> wanted)
    {
        var runs = call.Repository.CheckRuns.Reverse().Where(wanted)
            .Where(r => call.Query("check_name") is not { } name || r.Name == name)
            .Where(r => call.Query("status") is not { } status || r.Status == status)
            .Where(_ => call.Query("app_id") is not { } app || app == $"{call.GitHub.Options.AppId}");
        if (call.Query("filter") != "all")
            runs = runs.DistinctBy(r => (r.SuiteId, r.Name));
        return RestPaging.Counted(call, "check_runs", [.. runs], r => CheckJson.Run(call.Repository, r, call.Urls));
    }

    private static RestAnswer ListSuites(RestCall call)
    {
        if (call.Repository.Git.Resolve(call.Route("ref")) is not { } sha)
            return RestAnswer.Refused(422, $"No commit found for SHA: {call.Route("ref")}");
        var suites = call.Repository.CheckSuiteLedger.All.Where(s => s.HeadSha == sha)
            .Where(_ => call.Query("app_id") is not { } app || app == $"{call.GitHub.Options.AppId}").ToList();
        return RestPaging.Counted(call, "check_suites", suites, s => Suite(call, s));
    }

    private static System.Text.Json.Nodes.JsonObject Suite(RestCall call, SandboxCheckSuite suite)
    {
        var json = CheckJson.Suite(call.Repository, suite, call.Urls);
        json["repository"] = RepositoryJson.Minimal(call.Repository, call.Urls);
        return json;
    }
}
