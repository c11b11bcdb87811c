using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class StackMemoryTests
{
    private const string Two = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
              - {name: web, memory: 128, command: web}
              - {name: worker, memory: 128, command: worker}
        """;

    private static readonly CommitSha Bad = CommitSha.Parse(new string('b', 40));

    [Fact]
    public void A_hold_is_in_the_stack_while_there_is_one_and_makes_a_difference()
    {
        var (without, with) = (Example.Desired(Example.Release(Two)), Example.Desired(Example.Release(Two) with { Hold = Bad }));

        Assert.DoesNotContain("Hold", without.AppStack.TemplateBody, StringComparison.Ordinal);
        Assert.Equal(Bad, StackMemory.HoldOf(with.AppStack.Parameters));
        Assert.Equal("""{"Value":{"Ref":"Hold"}}""", JsonNode.Parse(with.AppStack.TemplateBody)?["Outputs"]?["Hold"]?.ToJsonString());
        Assert.NotEqual(without.Fingerprint, with.Fingerprint);
        Assert.Equal(without.TaskDefinitions.Select(t => t.ContentHash), with.TaskDefinitions.Select(t => t.ContentHash));
    }

    [Fact]
    public void What_runs_deployed_again_keeps_the_hold_and_another_commit_ends_it()
    {
        var release = Example.Release(Two) with { Hold = Bad };
        var stack = Example.Desired(release).AppStack.Parameters;

        Assert.Equal(Bad, StackMemory.KeptHold(release.Commit, stack));
        Assert.Null(StackMemory.KeptHold(CommitSha.Parse(new string('c', 40)), stack));
        Assert.Null(StackMemory.KeptHold(release.Commit, parameters: null));
    }

    [Fact]
    public void A_restart_is_a_mark_on_the_tasks_of_its_service_that_the_next_release_finds_in_the_stack()
    {
        var release = Example.Release(Two);
        var restarted = Example.Desired(release with { Restarts = Marks(("worker", "7"), ("gone", "6")) });
        var stack = restarted.AppStack.Parameters;

        var next = StackMemory.WithRestarts(release, stack);
        Assert.Equal(Marks(("worker", "7")), next.Restarts);
        Assert.Equal(
            [false, true],
            Example.Desired(next).TaskDefinitions.Select(t => t.Content.Contains("\"barcelona.restarted\":\"7\"", StringComparison.Ordinal)));
        var both = Marks(("web", "9"), ("worker", "8"));
        Assert.Equal(both, StackMemory.WithRestarts(release with { Restarts = both }, stack).Restarts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("=,a=b=c,,web=1=2")]
    public void What_somebody_wrote_there_by_hand_marks_nothing(string text)
    {
        var stack = new Dictionary<string, string> { [StackKeys.RestartsParameter] = text, [StackKeys.HoldParameter] = text };

        Assert.Empty(StackMemory.WithRestarts(Example.Release(Two), stack).Restarts);
        Assert.Null(StackMemory.HoldOf(stack));
    }

    private static ImmutableSortedDictionary<string, string> Marks(params (string Service, string Mark)[] marks) =>
        marks.ToImmutableSortedDictionary(m => m.Service, m => m.Mark, StringComparer.Ordinal);
}
