using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class OneOffEndTests
{
    private const string Exited = "EssentialContainerExited";

    [Theory]
    [InlineData(Exited, "", 0, "", null)]
    [InlineData("", "", 0, "", null)]
    [InlineData(Exited, "", 3, "", "before_deploy ended with exit code 3.")]
    [InlineData(Exited, "", 127, "", "before_deploy ended with exit code 127: there is no such command in the image.")]
    [InlineData(Exited, "", 137, "OutOfMemoryError: Container killed due to memory usage",
        "before_deploy was killed because it used more memory than its limit: raise memory, or use less.")]
    [InlineData("TaskFailedToStart", "CannotPullContainerError: manifest unknown", null, "",
        "The image of before_deploy could not be pulled: it is not there under this name and tag, or may not be read.")]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm", null, "",
        "A secret or parameter of before_deploy could not be read: it is not there, or lies outside the district's prefix.")]
    [InlineData("UserInitiated", "Task stopped by user", 143, "",
        "before_deploy was stopped from outside before it had ended: Task stopped by user.")]
    // Who obeys SIGTERM by ending with zero has not done its work.
    [InlineData("UserInitiated", "Task stopped by user", 0, "",
        "before_deploy was stopped from outside before it had ended: Task stopped by user.")]
    [InlineData("TerminationNotice", "Host EC2 (instance i-1) terminated.", null, "",
        "before_deploy was stopped from outside before it had ended: Host EC2 (instance i-1) terminated.")]
    public void How_it_ended_is_told_from_what_ECS_says(string code, string reason, int? exitCode, string said, string? headline) =>
        Assert.Equal(headline, OneOffEnd.CauseOf("before_deploy", Task(code, reason, exitCode, said))?.Headline);

    [Theory]
    [InlineData("TaskFailedToStart", "Capacity is unavailable at this time. Please try again later or in a different availability zone", null, true)]
    [InlineData("TaskFailedToStart", "Timeout waiting for network interface provisioning to complete.", null, true)]
    [InlineData("TaskFailedToStart", "CannotPullContainerError: manifest unknown", null, false)]
    [InlineData(Exited, "Timeout waiting for the database", 1, false)]
    public void Only_what_never_ran_for_want_of_a_place_may_be_tried_again(string code, string reason, int? exitCode, bool expected) =>
        Assert.Equal(expected, OneOffEnd.FoundNoPlace(Task(code, reason, exitCode, "")));

    private static StoppedTask Task(string code, string reason, int? exitCode, string said) =>
        new("arn:aws:ecs:ap-northeast-1:123456789012:task/default/1", code, reason, [new("before_deploy", exitCode, said)]);
}
