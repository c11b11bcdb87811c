namespace Barcelona.GitOps.Sandbox.Aws.Ec2;

/// <summary>The zones of a region that an account may use. Letters have gaps, as AWS's do.</summary>
internal static class AvailabilityZones
{
    private static readonly Dictionary<string, string> Letters = new()
    {
        ["ap-northeast-1"] = "acd",
        ["ca-central-1"] = "abd",
        ["us-east-1"] = "abcdef",
        ["us-west-1"] = "ac",
        ["us-west-2"] = "abcd",
    };

    public static IReadOnlyList<string> Of(string region) => [.. Letters.GetValueOrDefault(region, "abc").Select(letter => region + letter)];
}
