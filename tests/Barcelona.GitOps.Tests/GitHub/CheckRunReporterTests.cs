using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class CheckRunReporterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_run_is_made_brought_up_to_date_and_ended()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        var details = new Uri("https://barcelona.example/deployments/7");

        var id = await reporter.CreateAsync(github, check, Report("Reading") with { DetailsUrl = details }, Cancellation);
        Assert.Equal(("in_progress", "Reading"), (Run(fixture).Status, Run(fixture).Title));
        await reporter.UpdateAsync(github, id, Report("Deploying"), Cancellation);
        Assert.Equal(("in_progress", "Deploying"), (Run(fixture).Status, Run(fixture).Title));
        var last = Report("Deployed") with { Text = "all of it", Actions = [new("Roll back", "To the previous release", "rollback")] };
        await reporter.CompleteAsync(github, id, CheckVerdict.Success, last, Cancellation);

        var run = Run(fixture);
        Assert.Equal((id, "barcelona/production", "completed", "success"), (run.Id, run.Name, run.Status, run.Conclusion));
        Assert.Equal(("Deployed", "A summary", "all of it", "deployment-7"), (run.Title, run.Summary, run.Text, run.ExternalId));
        Assert.Equal(details.AbsoluteUri, run.DetailsUrl);
        Assert.Equal(fixture.Clock.GetUtcNow(), run.StartedAt);
        Assert.Equal("rollback", Assert.Single(run.Actions).Identifier);
        Assert.Equal(3, fixture.GitHub.Requests.Writes.Count);
    }

    [Fact]
    public async Task A_check_run_that_is_over_before_it_began_is_one_request()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);

        var id = await reporter.CreateCompletedAsync(github, check, CheckVerdict.Neutral, Report("Superseded"), Cancellation);

        var run = Run(fixture);
        Assert.Equal((id, "completed", "neutral", "Superseded"), (run.Id, run.Status, run.Conclusion, run.Title));
        Assert.Equal(fixture.Clock.GetUtcNow(), run.CompletedAt);
        Assert.Single(fixture.GitHub.Requests.Writes);
    }

    [Fact]
    public async Task A_verdict_with_a_hundred_and_twenty_annotations_has_all_of_them()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);

        await reporter.CreateCompletedAsync(
            github, check, CheckVerdict.Failure, Report("Broken") with { Annotations = Annotations(120) }, Cancellation);

        Assert.Equal(("completed", 120), (Run(fixture).Status, Run(fixture).Annotations.Count));
    }

    [Fact]
    public async Task A_hundred_and_twenty_annotations_arrive_once_each_in_batches_of_fifty()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        var report = Report("Broken") with { Annotations = Annotations(120) };

        var id = await reporter.CreateAsync(github, check, Report("Reading"), Cancellation);
        await reporter.CompleteAsync(github, id, CheckVerdict.Failure, report, Cancellation);
        // As after a crash that happened before the outcome was written down.
        await reporter.CompleteAsync(github, id, CheckVerdict.Failure, report, Cancellation);

        var run = Run(fixture);
        Assert.Equal(("completed", "failure"), (run.Status, run.Conclusion));
        Assert.Equal(Enumerable.Range(1, 120).Select(n => $"mistake {n}"), run.Annotations.Select(a => a.Message));
    }

    [Fact]
    public async Task All_annotations_of_a_new_check_run_arrive_too()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);

        await reporter.CreateAsync(github, check, Report("Broken") with { Annotations = Annotations(75) }, Cancellation);

        Assert.Equal(75, Run(fixture).Annotations.Count);
    }

    [Fact]
    public async Task A_diagnostic_is_shown_at_its_place()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        var oneLine = new Diagnostic("BCN101", Severity.Error, new("barcelona.yml", 3, 5, 3, 9), "'cuont' is unknown.", "Did you mean 'count'?");
        var twoLines = new Diagnostic("BCN201", Severity.Warning, new("barcelona.yml", 4, 2, 6, 1), "old");

        await reporter.CreateAsync(
            github, check, Report("Broken") with { Annotations = [CheckAnnotation.From(oneLine), CheckAnnotation.From(twoLines)] }, Cancellation);

        var (first, second) = (Run(fixture).Annotations[0], Run(fixture).Annotations[1]);
        Assert.Equal(("barcelona.yml", 3, 3, 5, 8), (first.Path, first.StartLine, first.EndLine, first.StartColumn, first.EndColumn));
        Assert.Equal(("failure", "BCN101", "'cuont' is unknown.\nDid you mean 'count'?"), (first.Level, first.Title, first.Message));
        Assert.Equal(("warning", 4, 6, null, null), (second.Level, second.StartLine, second.EndLine, second.StartColumn, second.EndColumn));
    }

    [Fact]
    public async Task A_late_word_on_the_way_does_not_reopen_what_has_ended()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        var id = await reporter.CreateAsync(github, check, Report("Deploying"), Cancellation);
        await reporter.CompleteAsync(github, id, CheckVerdict.Success, Report("Deployed"), Cancellation);

        await reporter.UpdateAsync(github, id, Report("Deploying"), Cancellation);

        Assert.Equal(("completed", "success"), (Run(fixture).Status, Run(fixture).Conclusion));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(120, 3)]
    public async Task A_check_run_can_be_made_with_its_verdict(int annotations, int writes)
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);

        await reporter.CreateCompletedAsync(
            github, check, CheckVerdict.Failure, Report("Broken") with { Annotations = Annotations(annotations) }, Cancellation);

        var run = Run(fixture);
        Assert.Equal(("completed", "failure", fixture.Clock.GetUtcNow()), (run.Status, run.Conclusion, run.CompletedAt));
        Assert.Equal(annotations, run.Annotations.Count);
        Assert.Equal(writes, fixture.GitHub.Requests.Writes.Count);
    }

    [Fact]
    public async Task A_check_run_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        fixture.GitHub.Faults.Add(new Fault.LostResponse(), "POST", "/repos/*/check-runs");

        var id = await reporter.CreateAsync(github, check, Report("Deploying"), Cancellation);

        Assert.Equal(id, Run(fixture).Id);
    }

    [Fact]
    public async Task A_check_run_that_was_not_made_is_reported_as_unavailable()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        fixture.GitHub.Faults.Add(new Fault.Status(502), "POST", "/repos/*/check-runs");

        var error = await Assert.ThrowsAsync<GitHubUnavailableException>(
            () => reporter.CreateAsync(github, check, Report("Deploying"), Cancellation));

        Assert.Equal(UnavailableReason.ServerError, error.Reason);
        Assert.Empty(fixture.Repository.CheckRuns);
        Assert.Single(fixture.GitHub.Requests.Writes);
    }

    [Fact]
    public async Task A_check_run_is_found_by_its_external_id_among_others_of_the_same_name()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        await reporter.CreateAsync(github, check with { ExternalId = "deployment-6" }, Report("Earlier"), Cancellation);
        var id = await reporter.CreateAsync(github, check, Report("This one"), Cancellation);

        Assert.Equal(id, await reporter.FindByExternalIdAsync(github, check, Cancellation));
        Assert.Null(await reporter.FindByExternalIdAsync(github, check with { ExternalId = "deployment-8" }, Cancellation));
        Assert.Null(await reporter.FindByExternalIdAsync(github, check with { Name = "barcelona" }, Cancellation));
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_cut_between_characters_and_code_blocks_closed()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var (github, reporter, check) = await StartAsync(fixture);
        var text = "```\n" + string.Concat(Enumerable.Repeat("バルセロナ🏟️\n", 5_000)) + "```";

        await reporter.CreateAsync(github, check, Report(new string('t', 300)) with { Summary = text, Text = text }, Cancellation);

        var run = Run(fixture);
        Assert.True(run.Title?.Length <= 255);
        foreach (var shown in (string?[])[run.Summary, run.Text])
        {
            Assert.NotNull(shown);
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(shown), 60_000, 65_535);
            Assert.DoesNotContain('\uFFFD', shown);
            Assert.EndsWith("\n```\n\n… cut: the whole text is behind the details link.", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void More_than_three_actions_or_a_long_label_are_a_mistake_of_ours()
    {
        var action = new CheckAction("Roll back", "To the previous release", "rollback");

        Assert.Throws<ArgumentOutOfRangeException>(() => CheckOutput.ActionsOf(Report("x") with { Actions = [action, action, action, action] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckAction("A label of 21 letters", "", "id"));
    }

    private static async Task<(RepositoryClient GitHub, CheckRunReporter Reporter, CheckIdentity Check)> StartAsync(GitHubFixture fixture)
    {
        var commit = await fixture.CommitAsync();
        return (await fixture.ClientAsync(), fixture.Get<CheckRunReporter>(), new(commit, "barcelona/production", "deployment-7"));
    }

    private static SandboxCheckRun Run(GitHubFixture fixture) => Assert.Single(fixture.Repository.CheckRuns);

    private static CheckReport Report(string title) => new() { Title = title, Summary = "A summary" };

    private static ImmutableArray<CheckAnnotation> Annotations(int count) =>
        [.. Enumerable.Range(1, count).Select(n => new CheckAnnotation(new("barcelona.yml", n, 1, n, 2), Severity.Error, "BCN100", $"mistake {n}"))];
}
