namespace Barcelona.GitOps.Tests.Scenarios.Acts;

/// <summary>A release whose commit was rewritten away, and is neither in git nor at hand any more.</summary>
public sealed class GoneCommitScenarios : ActScenario
{
    [Fact]
    public async Task Going_back_to_it_ends_in_words_that_say_what_to_do_and_writes_nothing()
    {
        var (gone, head) = await TwoReleasesAsync();
        Shop.Forget(gone);
        var writes = Stage.Aws.Calls.Writes.Count;

        await RollBackAsync(to: 1);

        var check = RollbackCheck(head);
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains(gone, check.Title, StringComparison.Ordinal);
        Assert.EndsWith(
            "Release 1 is made from its file. Push the commit again, as a branch or tag, or take another release. Nothing was changed.",
            check.Title,
            StringComparison.Ordinal);
        Assert.Empty(WritesAfter(writes));
    }

    [Fact]
    public async Task As_long_as_git_serves_it_nobody_needs_a_branch_that_leads_to_it()
    {
        var (first, head) = await TwoReleasesAsync();

        await RollBackAsync(to: 1);

        Assert.Equal("success", RollbackCheck(head).Conclusion);
        Assert.Equal(first, SentParameter("Commit"));
    }

    /// <summary>The first one's commit is in no branch any more, and the service is on a new machine.</summary>
    private async Task<(string First, string Head)> TwoReleasesAsync()
    {
        var before = await Shop.CommitAsync("main", new Dictionary<string, string> { ["README"] = "words" }, "Say what this is");
        var first = await PushAndSettleAsync(Manifests.Shop);
        await Shop.ForcePushAsync("main", before);
        var head = await PushAndSettleAsync(Manifests.Shop + "# rewritten\n");
        await Stage.StopServiceAsync();
        Stage.LoseMirrors();
        await Stage.StartServiceAsync();
        return (first, head);
    }
}
