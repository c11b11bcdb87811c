using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>The worker dies at one of its calls, and the end of the deploy is heard all the same, by both channels.</summary>
public sealed class NoticeCrashScenarios(ITestOutputHelper output)
{
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(11), Horizon = TimeSpan.FromMinutes(4);

    [Fact]
    public Task Killed_at_any_write_or_while_it_talks_nothing_is_lost() =>
        AtEachAsync(c => c.IsWrite || c.What is "aws GetSecretValue" || c.What.EndsWith("Publish", StringComparison.Ordinal));

    private async Task AtEachAsync(Func<OutsideCall, bool> isChosen)
    {
        var (calls, undisturbed) = await LiveAsync(death: null);
        Assert.Equal(("started succeeded", 2), (undisturbed.Published, undisturbed.Said));
        var wrong = new List<string>();
        foreach (var (number, call) in calls.Index().Where(c => isChosen(c.Item)))
        {
            foreach (var happened in (bool[])[false, true])
            {
                var (_, heard) = await LiveAsync(new CrashPoint(number, happened));

                // Once more than once is allowed; never is not.
                if (!heard.Published.EndsWith("succeeded", StringComparison.Ordinal) || heard.Last != undisturbed.Last
                    || heard.Said is < 1 or > 3 || heard.IsActive)
                {
                    wrong.Add($"call {number}, {call.What}, {(happened ? "happened, its answer lost" : "never made")}: {heard}");
                }
            }
        }

        output.WriteLine($"{calls.Count} calls, {calls.Count(isChosen)} of them points");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<(IReadOnlyList<OutsideCall> Calls, Heard Heard)> LiveAsync(CrashPoint? death)
    {
        await using var stage = await Stage.SetAsync();
        await stage.SetNoticesAsync();
        await stage.StopServiceAsync();
        var life = new WorkerLife(death);
        await stage.StartServiceAsync(life);
        var shop = stage.GitHub.CreateRepository("acme", "shop");
        var sha = await shop.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Change barcelona.yml");
        if (death is null)
        {
            await stage.RunUntilQuietAsync();
        }
        else
        {
            await Assert.ThrowsAsync<WorkerDiedException>(stage.RunUntilQuietAsync);
            stage.DropService();
            stage.Clock.Advance(PastTheLease);
            await stage.StartServiceAsync(new WorkerLife());

            // As the work loop does when it starts. The sweep, which it asks for too, must not be needed.
            await stage.Services.GetRequiredService<Lanes>().ForgetQueuedAsync();
            await stage.RunUntilQuietAsync();
        }

        var said = stage.Sandbox.Slack.Heard;
        var published = stage.Aws.Calls.Of("sns", "Publish").Where(c => c.StatusCode == 200)
            .Select(c => (string?)c.Request["MessageAttributes"]?["event"]?["StringValue"]).Distinct();
        var isActive = await stage.Services.GetRequiredService<Lanes>().AnyActiveAsync(stage.Clock.GetUtcNow() + Horizon);
        var last = said.Count == 0 ? "" : said[^1].Fallback.Replace(sha[..7], "it", StringComparison.Ordinal);
        return (life.Calls, new(string.Join(' ', published), said.Count, last, isActive));
    }

    private sealed record Heard(string Published, int Said, string Last, bool IsActive);
}
