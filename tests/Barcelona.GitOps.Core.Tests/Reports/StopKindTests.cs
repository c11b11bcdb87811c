using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Failures;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class StopKindTests
{
    private const string NotStarted = "TaskFailedToStart";

    /// <summary>As AWS words them: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html and its neighbours.</summary>
    [Theory]
    [InlineData("CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/acme/shop:x: not found", StopKind.ForGood)]
    [InlineData("CannotPullContainerError: Error response from daemon: manifest for acme/shop:x not found: manifest unknown", StopKind.ForGood)]
    [InlineData("CannotPullContainerError: pull access denied for acme/shop, repository does not exist or may require 'docker login'", StopKind.ForGood)]
    [InlineData("CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64': no matching manifest", StopKind.ForGood)]
    [InlineData("CannotStartContainerError: OCI runtime create failed: exec: \"bundel\": executable file not found in $PATH: unknown", StopKind.ForGood)]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve "
        + "secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret.", StopKind.ForGood)]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: invalid parameters: "
        + "/barcelona/default/x", StopKind.ForGood)]
    [InlineData("ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ResourceNotFoundException: "
        + "The specified log group does not exist. : exit status 1", StopKind.ForGood)]
    [InlineData("CannotPullContainerError: inspect image has been retried 5 time(s): httpReaderSeeker: failed open: unexpected status code "
        + "https://registry-1.docker.io/v2/x/manifests/sha256:2bb501e6429 Too Many Requests - Server message: toomanyrequests", StopKind.MayPass)]
    [InlineData("CannotPullContainerError: failed to resolve ref quay.io/x: failed to do request: Head \"https://quay.io/v2/\": dial tcp 10.0.3.17:443: "
        + "i/o timeout", StopKind.MayPass)]
    [InlineData("CannotPullContainerError: Error response from daemon: Get https://x.dkr.ecr.eu-west-1.amazonaws.com/v2/: net/http: request canceled "
        + "while waiting for connection", StopKind.MayPass)]
    [InlineData("CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device", StopKind.MayPass)]
    [InlineData("Timeout waiting for network interface provisioning to complete.", StopKind.MayPass)]
    [InlineData("Capacity is unavailable at this time. Please try again later or in a different availability zone", StopKind.MayPass)]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: service call has been retried "
        + "5 time(s): RequestError: send request failed caused by: Post \"https://secretsmanager.x/\": context deadline exceeded", StopKind.MayPass)]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ecr registry auth: AccessDeniedException: "
        + "User: arn:x is not authorized to perform: ecr:GetAuthorizationToken because no policy exists", StopKind.Repeats)]
    [InlineData("ECS was unable to assume the role that was provided for this task: TaskFailedToStart, role not found", StopKind.Repeats)]
    [InlineData("Something that this version has never heard of", StopKind.Repeats)]
    public void What_keeps_a_task_from_starting_is_for_good_or_not(string reason, StopKind kind) =>
        Assert.Equal(kind, StopKinds.Of(new("arn:task", NotStarted, reason, [new("web", ExitCode: null, "")])));

    [Theory]
    [InlineData("UserInitiated", "Task stopped by user")]
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.")]
    [InlineData("TerminationNotice", "Host EC2 (instance i-1) terminated.")]
    [InlineData("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)")]
    [InlineData("", "Host EC2 (instance i-1) stopped/terminated: host termination")]
    public void Who_was_stopped_from_outside_says_nothing_of_the_release(string code, string reason) =>
        Assert.Equal(StopKind.FromOutside, StopKinds.Of(new("arn:task", code, reason, [new("web", ExitCode: 143, "")])));

    [Theory]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 1, StopKind.Repeats)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 0, StopKind.Repeats)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 126, StopKind.ForGood)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 127, StopKind.ForGood)]
    [InlineData("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group arn:x)", 143, StopKind.Repeats)]
    [InlineData("ServiceSchedulerInitiated", "Task failed container health checks", 137, StopKind.Repeats)]
    public void What_has_run_must_fall_more_than_once_unless_its_command_is_not_there(string code, string reason, int exitCode, StopKind kind) =>
        Assert.Equal(kind, StopKinds.Of(new("arn:task", code, reason, [new("web", exitCode, "")])));

    [Fact]
    public void One_task_that_cannot_start_is_enough_and_of_others_as_many_as_ECS_takes()
    {
        var crashed = new StoppedTask("arn:task", "EssentialContainerExited", "Essential container in task exited", [new("web", 1, "")]);
        var missing = new StoppedTask("arn:task", NotStarted, "CannotPullContainerError: manifest unknown", []);
        var throttled = new StoppedTask("arn:task", NotStarted, "CannotPullContainerError: toomanyrequests", []);

        Assert.True(EarlyEnd.IsDue(new("web", 1, [missing])));
        Assert.False(EarlyEnd.IsDue(new("web", 1, [crashed, crashed])));
        Assert.True(EarlyEnd.IsDue(new("web", 1, [crashed, crashed, crashed])));
        Assert.False(EarlyEnd.IsDue(new("web", 20, [.. Enumerable.Repeat(crashed, 9)])));
        Assert.True(EarlyEnd.IsDue(new("web", 20, [.. Enumerable.Repeat(crashed, 10)])));
        Assert.False(EarlyEnd.IsDue(new("web", 1, [.. Enumerable.Repeat(throttled, 99)])));
        Assert.Equal([3, 3, 4, 200], new[] { 0, 6, 7, 900 }.Select(EarlyEnd.Threshold));
    }
}
