using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;
using Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <summary>A rule that cannot be broken proves nothing: each is shown a record that breaks it, and one that does not.</summary>
public sealed class RulesTests
{
    private const string App = "barcelona-app--default--shop";

    private static readonly string Old = new('a', 40), New = new('b', 40);

    private static readonly WriteSeen Write = new("UpdateStack", App, "target default/shop")
    {
        HoldsLease = true,
        StackStatus = "UPDATE_COMPLETE",
        Wish = new(New, "refs/heads/main", Release: 2, [New]),
    };

    private static readonly VerdictSeen Success = new("barcelona/production", New, "success", $"Deployed {New[..7]} to default/shop")
    {
        Running = [New],
        IsSteady = true,
    };

    private static readonly OutcomeSeen Outcome = new("production", New)
    {
        Conclusion = "success",
        Possible = new Dictionary<string, string> { ["success"] = "" },
        Running = [New],
        Earlier = [Old],
    };

    [Fact]
    public void Whoever_has_lost_the_lease_or_has_another_one_writes_nothing()
    {
        Assert.Null(Rules.OneWriter(Write));
        Assert.Null(Rules.OneWriter(Write with { On = "default--shop--web" }));
        Assert.Contains("valid lease", Rules.OneWriter(Write with { HoldsLease = false }), StringComparison.Ordinal);
        Assert.Contains("writes to target default/shop only", Rules.OneWriter(Write with { On = App + "-staging" }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_check_says_has_failed_does_not_serve_afterwards()
    {
        var failed = Outcome with { Conclusion = "failure", Title = "Refused: The district does not list 'acme/shop'", IsSteady = true };
        Assert.NotNull(Rules.FailureIsTrue(failed));
        Assert.Null(Rules.FailureIsTrue(failed with { Running = [Old] }));
        Assert.Null(Rules.FailureIsTrue(failed with { MayRunOtherwise = true }));
        Assert.Null(Rules.FailureIsTrue(failed with { Title = "Failed: It was not finished after 30 minutes. What AWS has begun goes on." }));
    }

    [Fact]
    public void A_stack_at_work_is_not_changed()
    {
        Assert.Null(Rules.NoOverlap(Write));
        Assert.NotNull(Rules.NoOverlap(Write with { StackStatus = "UPDATE_IN_PROGRESS" }));
        Assert.Null(Rules.NoOverlap(Write with { StackStatus = "UPDATE_IN_PROGRESS", IsRepeated = true }));
    }

    [Fact]
    public void What_nobody_wants_any_more_is_not_begun()
    {
        Assert.Null(Rules.NewestAtWrite(Write));
        Assert.NotNull(Rules.NewestAtWrite(Write with { Wish = new(Old, "refs/heads/main", Release: 2, [New]) }));
    }

    [Fact]
    public void Releases_count_up()
    {
        StackWish first = new(Old, "refs/heads/main", Release: 1, Wanted: null), second = new(New, "refs/heads/main", Release: 2, Wanted: null);
        Assert.Null(Rules.ReleasesIncrease(App, first, second));
        Assert.Null(Rules.ReleasesIncrease(App, second, second));
        Assert.NotNull(Rules.ReleasesIncrease(App, first, second with { Release = 1 }));
        Assert.NotNull(Rules.ReleasesIncrease(App, second, first));
    }

    [Fact]
    public void Success_is_what_runs_in_every_service()
    {
        Assert.Null(Rules.VerdictIsTrue(Success));
        Assert.NotNull(Rules.VerdictIsTrue(Success with { Running = [Old] }));
        Assert.NotNull(Rules.VerdictIsTrue(Success with { Running = [New, Old] }));
        Assert.NotNull(Rules.VerdictIsTrue(Success with { Running = [] }));
        Assert.NotNull(Rules.VerdictIsTrue(Success with { IsSteady = false }));
        Assert.Null(Rules.VerdictIsTrue(Success with { Running = [Old], RanOnce = [New] }));

        var back = Success with { Name = "barcelona/rollback/production", Title = $"Rolled default/shop back to release 1, {Old[..7]}" };
        Assert.NotNull(Rules.VerdictIsTrue(back));
        Assert.Null(Rules.VerdictIsTrue(back with { Running = [Old] }));
    }

    [Fact]
    public void What_is_no_success_says_why()
    {
        Assert.NotNull(Rules.VerdictSaysWhy(Success with { Conclusion = "failure", Title = "Failed: " }, []));
        Assert.NotNull(Rules.VerdictSaysWhy(Success with { Conclusion = "neutral", Title = "Skipped" }, []));
        Assert.NotNull(Rules.VerdictSaysWhy(Success with { Conclusion = "cancelled", Title = $"Superseded by {Old[..7]}" }, [New]));
        Assert.Null(Rules.VerdictSaysWhy(Success with { Conclusion = "cancelled", Title = $"Superseded by {Old[..7]}" }, [Old]));
    }

    [Fact]
    public void A_verdict_stays()
    {
        var check = new CheckSeen(1, "barcelona/production", New, "completed", "success");
        Assert.Null(Rules.VerdictIsFinal(check, check));
        Assert.NotNull(Rules.VerdictIsFinal(check, check with { Conclusion = "failure" }));
        Assert.NotNull(Rules.VerdictIsFinal(check, check with { Status = "in_progress", Conclusion = null }));
    }

    [Fact]
    public void Everything_ends_but_what_waits_for_an_answer()
    {
        CheckSeen[] ended = [new(1, "barcelona/production", New, "completed", "success")], open = [ended[0] with { Status = "in_progress" }];
        Assert.Null(Rules.AllEnd(ended, [new("production", New, "success")], []));
        Assert.NotNull(Rules.AllEnd(open, [], []));
        Assert.NotNull(Rules.AllEnd(ended, [new("production", New, "in_progress")], []));
        Assert.NotNull(Rules.AllEnd(ended, [new("production", New, State: null)], []));
        Assert.Null(Rules.AllEnd(ended, [new("production", New, "pending")], [New]));
    }

    [Fact]
    public void The_newest_wish_is_what_runs_unless_something_stands_against_it()
    {
        Assert.Null(Rules.NewestWins(Outcome));
        Assert.NotNull(Rules.NewestWins(Outcome with { Conclusion = null }));
        Assert.NotNull(Rules.NewestWins(Outcome with { Conclusion = "failure", Running = [Old] }));
        Assert.NotNull(Rules.NewestWins(Outcome with { Running = [Old] }));
        var failed = Outcome with { Conclusion = "failure", Possible = new Dictionary<string, string> { ["failure"] = "" } };
        Assert.NotNull(Rules.NewestWins(failed));
        Assert.Null(Rules.NewestWins(failed with { Running = [Old] }));
        Assert.NotNull(Rules.NothingWritten("planning after quiet is empty", ["cloudformation:UpdateStack 200"]));
    }

    [Fact]
    public void The_model_knows_the_newest_wish_and_what_may_become_of_it()
    {
        var model = new TargetModel(new Deployed("production", "shop", "main"));
        model.Want(new Wish(Old, Content.Good, At: 1));
        model.Want(new Wish(New, Content.Crashing, At: 2));
        Assert.Equal(New, model.Newest?.Commit);
        Assert.Equal(["failure"], model.PossibleOf(model.Wishes[1], hold: null).Keys);
        model.CancelledAt = 1;
        Assert.Equal(["success"], model.PossibleOf(model.Wishes[0] with { At = 2 }, hold: null).Keys);
        Assert.Equal(["success", "cancelled"], model.PossibleOf(model.Wishes[0], hold: null).Keys);

        var tagged = new TargetModel(new Deployed("production", "shop", "tags"));
        tagged.Want(new Wish(New, Content.Good, At: 1) { Version = "v1.10.0" });
        tagged.Want(new Wish(Old, Content.Good, At: 2) { Version = "v1.9.0" });
        Assert.Equal(New, tagged.Newest?.Commit);
        tagged.Want(new Wish(Old, Content.Good, At: 3) { IsRollback = true, Version = "v1.9.0" });
        Assert.Equal(Old, tagged.Newest?.Commit);
    }

    [Fact]
    public async Task A_seed_is_always_the_same_history_and_shrinking_leaves_what_matters()
    {
        Assert.Equal(HistoryGenerator.Of(7).ToString(), HistoryGenerator.Of(7).ToString());
        Assert.NotEqual(HistoryGenerator.Of(7).ToString(), HistoryGenerator.Of(8).ToString());

        var history = HistoryGenerator.Of(7) with { Steps = [new Step.Sweep(), new Step.Quiet(), new Step.RerunAll(), new Step.Cancel(0)] };
        var smaller = await Shrinker.ShrinkAsync(history, h => Task.FromResult(h.Steps.OfType<Step.Quiet>().Any()));
        Assert.Equal([new Step.Quiet()], smaller.Steps);
    }
}
