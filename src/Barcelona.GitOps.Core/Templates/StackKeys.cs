using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>Names that templates, planner and adapters agree on: parameters, outputs and tags of our stacks.</summary>
public static class StackKeys
{
    public const string DistrictTag = "barcelona:district";
    public const string HeritageTag = "barcelona:heritage";
    public const string EnvironmentTag = "barcelona:environment";

    /// <summary>The owner of a heritage is the repository on its stack.</summary>
    public const string RepositoryTag = "barcelona:repository";

    public const string FingerprintParameter = "Fingerprint";
    public const string CommitParameter = "Commit";
    public const string RefParameter = "Ref";
    public const string ReleaseParameter = "Release";
    public const string ImageParameter = "Image";

    /// <summary>Only where the image was looked up.</summary>
    public const string ImageDigestParameter = "ImageDigest";

    /// <summary>Only while there is a hold, and only once something was restarted; both count as a difference.</summary>
    public const string HoldParameter = "Hold", RestartsParameter = "Restarts";

    /// <summary>
    /// Parameters that say where a release came from and decide nothing: they do not count as a difference. Which image runs is in the task
    /// definitions, so that two tags of one image are no change.
    /// </summary>
    public static readonly ImmutableHashSet<string> Provenance =
        [FingerprintParameter, CommitParameter, RefParameter, ReleaseParameter, ImageParameter, ImageDigestParameter];

    public const string ClusterParameter = "Cluster";
    /// <summary>Only where the cluster has one of ours and a service runs on EC2.</summary>
    public const string CapacityProviderParameter = "CapacityProvider";

    public const string VpcParameter = "VpcId";
    public const string SubnetsParameter = "Subnets";
    public const string SecurityGroupParameter = "SecurityGroup";

    /// <summary>Where network load balancers of services lie.</summary>
    public static string BalancerSubnetsParameter(bool isPublic) => isPublic ? "SubnetsOfPublicBalancers" : "SubnetsOfPrivateBalancers";

    private const string DnsNameSuffix = "DnsName";

    /// <summary>Output of the app stack per network load balancer: its DNS name.</summary>
    public static string DnsNameOutput(string logicalId) => logicalId + DnsNameSuffix;

    /// <summary>DNS names of the network load balancers of an app stack, by the logical id of each.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DnsNames(IReadOnlyDictionary<string, string> outputs) => outputs
        .Where(o => o.Key.EndsWith(DnsNameSuffix, StringComparison.Ordinal) && o.Key.Contains("Balancer", StringComparison.Ordinal))
        .Select(o => KeyValuePair.Create(o.Key[..^DnsNameSuffix.Length], o.Value));

    /// <summary>Outputs of the heritage's stack. With scheduled tasks also parameters of the app stack, whose scheduler hands the roles on.</summary>
    public const string TaskRoleOutput = "TaskRoleArn";
    public const string ExecutionRoleOutput = "TaskExecutionRoleArn";
    public const string LogGroupOutput = "LogGroupName";

    /// <summary>Output of the app stack per service: the service's ARN.</summary>
    public static string ServiceOutput(string logicalId) => logicalId + "Arn";

    /// <summary>Where a heritage's containers log to.</summary>
    public static string LogGroup(string district, string heritage) => $"/barcelona/{district}/{heritage}";

    public static ImmutableSortedDictionary<string, string> Tags(ReleaseInputs inputs) => Dictionary(
    [
        new(DistrictTag, inputs.District.Name),
        new(HeritageTag, inputs.Environment.Name.Value),
        new(EnvironmentTag, inputs.Environment.Key.Value),
        new(RepositoryTag, inputs.Repository.ToString()),
    ]);

    internal static ImmutableSortedDictionary<string, string> Dictionary(IEnumerable<KeyValuePair<string, string>> pairs) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, pairs);
}
