using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>The kinds of text that a district file holds.</summary>
internal static class DistrictTexts
{
    public static readonly TextShape Region = new(TextRule.Matching("an AWS region like ap-northeast-1", "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$"));
    public static readonly TextShape Account = new(TextRule.Matching("the twelve digits of an AWS account", "^[0-9]{12}$"));
    public static readonly TextShape RoleArn =
        new(TextRule.Matching("the ARN of a role", "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$"));
    public static readonly TextShape PolicyArn =
        new(TextRule.Matching("the ARN of a policy", "^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$"));
    public static readonly TextShape ListenerArn =
        new(TextRule.Matching("the ARN of an application load balancer's listener",
            "^arn:aws[a-z-]*:elasticloadbalancing:[^:\\s]+:[0-9]{12}:listener/app/[^/\\s]+/[^/\\s]+/[^/\\s]+$"));
    public static readonly TextShape CertificateArn =
        new(TextRule.Matching("the ARN of a certificate", "^arn:aws[a-z-]*:(acm|iam):[^:\\s]*:[0-9]{12}:[^\\s]+$"));
    public static readonly TextShape VpcId = new(TextRule.Matching("a VPC's id, vpc-…", "^vpc-[0-9a-z]+$"));
    public static readonly TextShape SubnetId = new(TextRule.Matching("a subnet's id, subnet-…", "^subnet-[0-9a-z]+$"));
    public static readonly TextShape SecurityGroupId = new(TextRule.Matching("a security group's id, sg-…", "^sg-[0-9a-z]+$"));
    public static readonly TextShape Ami = new(TextRule.Matching("latest, or an image's id, ami-…", "^(latest|ami-[0-9a-z]+)$"));
    public static readonly TextShape ClusterName = new(TextRule.Matching("an ECS cluster's name", "^[A-Za-z0-9_-]{1,255}$"));
    public static readonly TextShape BucketName = new(TextRule.Matching("an S3 bucket's name", "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"));
    public static readonly TextShape DnsName =
        new(TextRule.Matching("a DNS name", "^([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$"));
    public static readonly TextShape InstanceType = new(TextRule.Matching("an instance type like t3.small", "^[a-z0-9-]+\\.[a-z0-9-]+$"));

    /// <summary>Blocks from /16 to /24: room for subnets, within what a VPC may be.</summary>
    public static readonly TextShape Cidr = new(TextRule.Matching("an IPv4 block from /16 to /24, like 10.1.0.0/16",
        "^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(1[6-9]|2[0-4])$"));

    /// <summary>The owner is always spelt out: a district never opens itself to everybody.</summary>
    public static readonly TextShape RepositoryPattern = new(TextRule.Matching("owner/name, in whose name * and ? are wildcards",
        "^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._*?-]{1,100}$"));

    /// <summary>A GitHub App's name in addresses; it acts as <c>slug[bot]</c>.</summary>
    public static readonly TextShape AppSlug = new(TextRule.Matching("a GitHub App's slug, without [bot]", "^[a-z0-9][a-z0-9-]{0,99}$"));

    public static readonly TextShape RegistryHost = new(TextRule.Matching("a registry's host", "^[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?$"));
}
