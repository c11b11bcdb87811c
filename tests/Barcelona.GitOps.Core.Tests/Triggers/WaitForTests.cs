using Barcelona.GitOps.Core.Triggers;

namespace Barcelona.GitOps.Core.Tests.Triggers;

public sealed class WaitForTests
{
    private static readonly CommitCheck Passed = new("build", CommitCheckState.Passed, "success", null);
    private static readonly CommitCheck Pending = new("build", CommitCheckState.Pending, "in_progress", null);
    private static readonly CommitCheck Failed = new("build", CommitCheckState.Failed, "timed_out", "https://ci.example.com/1");

    [Fact]
    public void Nothing_is_wanted_of_what_is_not_named() => Assert.IsType<WaitFor.Passed>(WaitFor.Judge([], [Failed]));

    [Fact]
    public void All_that_are_named_must_have_passed()
    {
        Assert.IsType<WaitFor.Passed>(WaitFor.Judge(["build"], [Passed]));
        Assert.Equal(["lint"], Assert.IsType<WaitFor.Pending>(WaitFor.Judge(["build", "lint", "lint"], [Passed])).Names);
        Assert.Equal(["build"], Assert.IsType<WaitFor.Pending>(WaitFor.Judge(["build"], [Pending])).Names);
    }

    [Fact]
    public void Of_one_name_all_must_have_passed()
    {
        Assert.IsType<WaitFor.Pending>(WaitFor.Judge(["build"], [Passed, Pending]));
        Assert.Equal([Failed], Assert.IsType<WaitFor.Failed>(WaitFor.Judge(["build"], [Passed, Failed])).Checks);
    }

    [Fact]
    public void Names_are_compared_letter_by_letter() => Assert.IsType<WaitFor.Pending>(WaitFor.Judge(["Build"], [Passed]));

    [Fact]
    public void A_failure_is_told_before_the_others_have_ended() => Assert.IsType<WaitFor.Failed>(WaitFor.Judge(["lint", "build"], [Failed]));
}
