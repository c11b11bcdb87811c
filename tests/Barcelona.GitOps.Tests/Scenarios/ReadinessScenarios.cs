using System.Net;

namespace Barcelona.GitOps.Tests.Scenarios;

public sealed class ReadinessScenarios : Scenario
{
    [Fact]
    public async Task What_the_service_stands_on_is_named_part_by_part()
    {
        Assert.Equal((HttpStatusCode.OK, "database: ok\nqueue: ok\ngithub: ok\naws: ok\n"), await ReadyAsync());

        Stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Stage.GitHub.Faults.Down = true;
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "database: ok\nqueue: ok\ngithub: GitHubUnavailableException\naws: ok\n"), await ReadyAsync());
        Stage.GitHub.Faults.Down = false;
    }

    [Fact]
    public async Task The_process_lives_whatever_is_away()
    {
        Stage.GitHub.Faults.Down = true;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal("ok\n", await http.GetStringAsync(At("/healthz"), Stop));
        Stage.GitHub.Faults.Down = false;
    }

    private async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var asking = http.GetAsync(At("/readyz"), Stop);

        // A read of GitHub that fails is tried again after a moment of the scenario's own time.
        while (await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop)) != asking)
        {
            Stage.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        using var answer = await asking;
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private Uri At(string path) => new(Stage.GitHub.WebhookUrl ?? throw new InvalidOperationException("The service is down."), path);
}
