namespace Barcelona.GitOps.Core.Reports;

/// <summary>Where a log stream is read, by whoever may: AWS's own console.</summary>
public static class LogConsole
{
    public static Uri PageOf(string region, string group, string stream) => new(
        $"https://{HostOf(region)}/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{Escaped(group)}/log-events/{Escaped(stream)}");

    // https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
    private static string HostOf(string region) => region.Split('-') switch
    {
        ["cn", ..] => $"{region}.console.amazonaws.cn",
        ["us", "gov", ..] => $"{region}.console.amazonaws-us-gov.com",
        _ => $"{region}.console.aws.amazon.com",
    };

    // The console reads its fragment twice, and writes $ for %.
    private static string Escaped(string name) => Uri.EscapeDataString(Uri.EscapeDataString(name)).Replace('%', '$');
}
