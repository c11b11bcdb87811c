using Barcelona.GitOps.Sandbox.Run;

namespace Barcelona.GitOps.Sandbox.Tests.Run;

public sealed class RunOptionsTests
{
    [Fact]
    public void Service_platform_and_example_are_needed_and_once_is_a_choice()
    {
        var options = RunOptions.Parse(["--service", "a.dll", "--platform", "p", "--example", "b", "--once"]);
        Assert.Equal((true, Path.GetFullPath("a.dll"), Path.GetFullPath("b")), (options?.Once, options?.ServicePath, options?.ExampleDirectory));
        Assert.Equal(Path.GetFullPath("p"), options?.PlatformDirectory);
        Assert.False(RunOptions.Parse(["--service", "a.dll", "--platform", "p", "--example", "b"])?.Once);
    }

    [Theory]
    [InlineData()]
    [InlineData("--once")]
    [InlineData("--service", "a.dll", "--example")]
    [InlineData("--service", "a.dll", "--example", "b")]
    [InlineData("--service", "a.dll", "--platform", "p", "--example", "b", "--twice")]
    public void Anything_else_is_not_understood(params string[] arguments) => Assert.Null(RunOptions.Parse(arguments));
}
