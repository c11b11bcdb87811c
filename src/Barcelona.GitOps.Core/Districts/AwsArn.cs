namespace Barcelona.GitOps.Core.Districts;

/// <summary><c>arn:partition:service:region:account:resource</c>.</summary>
internal static class AwsArn
{
    /// <summary>Or nothing where an ARN has none.</summary>
    public static string RegionOf(string arn) => arn.Split(':', 6) is [_, _, _, var region, _, _] ? region : "";

    /// <summary>The twelve digits, or nothing where an ARN has none.</summary>
    public static string AccountOf(string arn) => arn.Split(':', 6) is [_, _, _, _, var account, _] ? account : "";
}
