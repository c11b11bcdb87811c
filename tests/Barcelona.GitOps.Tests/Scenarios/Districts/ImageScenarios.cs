namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary><c>ami: latest</c> moves when somebody merges a change of the district's file, and never by itself.</summary>
public sealed class ImageScenarios : DistrictScenario
{
    private const string Stack = "barcelona-default";
    private const string Published = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";
    private const string Newer = "ami-0aaaaaaaaaaaaaaaa";

    private static readonly string Latest = DistrictTexts.With("  max: 3\n", "  max: 3\n  ami: latest\n");

    private string? Image => Parameter(Stack, "ClusterImage");

    [Fact]
    public async Task It_moves_when_the_file_was_changed_and_the_plan_says_so()
    {
        await PushDistrictsAsync(("default", Latest));
        Assert.StartsWith("ami-", Image, StringComparison.Ordinal);
        Stage.Aws.PublishImage(Published, Newer);

        var sha = await PushDistrictsAsync(("default", Latest + "# newer image, please\n"));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal(Newer, Image);
        Assert.Contains("are rolled", DistrictCheck(sha).Text, StringComparison.Ordinal);
        Assert.Contains(Newer, DistrictCheck(sha).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stays_while_others_change_the_service_starts_anew_and_everything_is_swept()
    {
        var made = await PushDistrictsAsync(("default", Latest));
        Stage.Aws.PublishImage(Published, Newer);
        var before = Writes();

        await PushDistrictsAsync(("other", Stage.District.Text));
        Stage.Clock.Advance(TimeSpan.FromMinutes(5));
        await Stage.SweepAsync();
        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync();
        await Stage.SweepAsync();
        await Platform.RerequestAsync(DistrictCheck(made).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(before, Writes());
        Assert.NotEqual(Newer, Image);
    }

    [Fact]
    public async Task It_stays_when_the_database_was_lost()
    {
        await PushDistrictsAsync(("default", Latest));

        // Who may deploy there is nothing that the template knows: the stack stays at the commit of the first push.
        var consent = Latest.Replace("[\"acme/*\"]", "[\"acme/*\", \"acme-labs/*\"]", StringComparison.Ordinal);
        await PushDistrictsAsync(("default", consent));
        Stage.Aws.PublishImage(Published, Newer);
        var before = Writes();
        await Stage.StopServiceAsync();
        Stage.LoseDatabase();

        await Stage.StartServiceAsync();
        await Stage.SweepAsync();

        Assert.NotEmpty(Platform.CheckRuns);
        Assert.Equal(before, Writes());
    }

    [Fact]
    public async Task An_image_that_the_file_names_is_the_one()
    {
        await PushDistrictsAsync(("default", Latest));
        Stage.Aws.SeedImage("ami-0bbbbbbbbbbbbbbbb");

        var sha = await PushDistrictsAsync(("default", Latest.Replace("ami: latest", "ami: ami-0bbbbbbbbbbbbbbbb", StringComparison.Ordinal)));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal("ami-0bbbbbbbbbbbbbbbb", Image);
    }

    [Theory]
    [InlineData("t3.small", "t4g.small", "ClusterImageArm64")]
    [InlineData("t4g.small", "t3.small", "ClusterImage")]
    public async Task Another_architecture_gets_an_image_of_its_own_and_the_plan_shows_both(string before, string after, string parameter)
    {
        await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", before)));
        var old = Parameter(Stack, "ClusterImage") ?? Parameter(Stack, "ClusterImageArm64") ?? "";

        var sha = await PushDistrictsAsync(("default", DistrictTexts.With("t3.small", after)));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        var image = Parameter(Stack, parameter) ?? "";
        Assert.NotEqual(old, image);
        Assert.All([old, image, before, after], s => Assert.Contains(s, DistrictCheck(sha).Text, StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Writes() => [.. Stage.Aws.Calls.Writes.Select(c => $"{c} {NameOf(c)}")];
}
