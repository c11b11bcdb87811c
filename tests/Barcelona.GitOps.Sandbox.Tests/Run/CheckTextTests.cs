using Barcelona.GitOps.Sandbox.Run;

namespace Barcelona.GitOps.Sandbox.Tests.Run;

public sealed class CheckTextTests
{
    [Fact]
    public void Markdown_loses_its_signs()
    {
        const string markdown = """
            ### Plan

            | | |
            |---|---|
            | commit | `1a2b3c4` |

            **2 to create.**
            1. create stack barcelona\-app\-\-default\-\-shop
            See [the log](http://x/log) &amp; more
            """;
        Assert.Equal(
        [
            new TextLine("Plan", Tone.Heading),
            new TextLine("commit  1a2b3c4"),
            new TextLine("2 to create."),
            new TextLine("1. create stack barcelona-app--default--shop"),
            new TextLine("See the log (http://x/log) & more"),
        ], CheckText.Lines(markdown));
    }

    [Fact]
    public void Settings_of_what_is_made_are_counted_and_those_of_what_changes_are_shown()
    {
        const string markdown = """
            ```diff
              the-stack
            +   LogGroup (AWS::Logs::LogGroup)
            +     LogGroupName: a
            +     RetentionInDays: 365
            !   ServiceWeb (AWS::ECS::Service)
            !     DesiredCount: 1 -> 2
            +     LaunchType: EC2
            ```
            """;
        Assert.Equal(
        [
            new TextLine("  the-stack"),
            new TextLine("+   LogGroup (AWS::Logs::LogGroup), 2 settings", Tone.Good),
            new TextLine("!   ServiceWeb (AWS::ECS::Service)", Tone.Warn),
            new TextLine("!     DesiredCount: 1 -> 2", Tone.Warn),
            new TextLine("+     LaunchType: EC2", Tone.Good),
        ], CheckText.Lines(markdown));
    }

    [Theory]
    [InlineData("")]
    [InlineData("```")]
    [InlineData("```\n```\n```")]
    public void Nothing_is_no_line(string markdown) => Assert.Empty(CheckText.Lines(markdown));
}
