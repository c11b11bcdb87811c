using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Core.Templates.Districts.Instances;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// What a team's right means in AWS. Whoever may deploy does so by git, so that here it is no more than to run commands. The district's tag,
/// and on machines the role's, is the condition of all that opens a session. docs/access.md says what people type.
/// </summary>
internal sealed class TeamStatements(District district)
{
    private const string Here = "${AWS::Region}:${AWS::AccountId}";

    /// <summary>An interactive shell when a session names no document.</summary>
    private const string ShellDocument = "SSM-SessionManagerRunShell";

    public IEnumerable<JsonObject> Of(TeamRight right) => right switch
    {
        TeamRight.Read => Reading(),
        TeamRight.Run or TeamRight.Deploy => [.. Reading(), .. Commands(), .. Forwarding(), .. OwnSessions()],
        TeamRight.Admin => [.. Reading(), .. Commands(), .. ForwardingAndShells(), .. OwnSessions()],
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };

    private string ClusterName => district.Cluster is Cluster.Existing existing ? existing.Name : $"${{{ClusterResources.Cluster}}}";

    /// <summary>
    /// Task definitions are left out: IAM cannot bind them to a district, and variables stand in them in plain text. What else knows no resource
    /// shows names and addresses only.
    /// </summary>
    private IEnumerable<JsonObject> Reading() =>
    [
        Iam.Allow(
            [
                .. Iam.Actions("elasticloadbalancing", "DescribeListeners", "DescribeLoadBalancers", "DescribeRules", "DescribeTargetGroups",
                    "DescribeTargetHealth"),
                "ec2:DescribeInstances", "logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery", "ssm:DescribeInstanceInformation",
            ],
            "*").If("StringEquals", "aws:RequestedRegion", district.Region),
        Iam.Allow(
            Iam.Actions("ecs", "DescribeClusters", "DescribeContainerInstances", "DescribeServices", "DescribeTasks", "ListContainerInstances"),
            Arn("ecs", $"cluster/{ClusterName}"), Arn("ecs", $"container-instance/{ClusterName}/*"), Arn("ecs", $"service/{ClusterName}/*"),
            Arn("ecs", $"task/{ClusterName}/*")),

        // These two know the cluster by a condition only:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
        Iam.Allow(["ecs:ListServices", "ecs:ListTasks"], "*").If("ArnEquals", "ecs:cluster", Arn("ecs", $"cluster/{ClusterName}")),
        Iam.Allow(
            Iam.Actions("logs", "DescribeLogStreams", "FilterLogEvents", "GetLogEvents", "StartLiveTail", "StartQuery"),
            Arn("logs", $"log-group:/barcelona/{district.Name}/*")),
        Iam.Allow(
            Iam.Actions("cloudformation", "DescribeStackEvents", "DescribeStackResources", "DescribeStacks", "GetTemplate", "ListStackResources"),
            [.. DistrictNames.Stacks(district.Name).Select(s => Arn("cloudformation", $"stack/{s}/*"))]),
    ];

    /// <summary>ECS Exec asks for the task and for its cluster; an existing cluster has no tag of ours, and by itself opens nothing.</summary>
    private IEnumerable<JsonObject> Commands()
    {
        yield return Iam.Allow(["ecs:ExecuteCommand"], Arn("ecs", $"task/{ClusterName}/*")).IfOf(district.Name);
        yield return Iam.Allow(["ecs:ExecuteCommand"], Arn("ecs", $"cluster/{ClusterName}"));
    }

    private IEnumerable<JsonObject> Forwarding() => Sessions([DistrictStackKeys.BastionRole], ForwardingDocuments());

    private IEnumerable<JsonObject> ForwardingAndShells() => Sessions(
        [DistrictStackKeys.InstanceRole, DistrictStackKeys.BastionRole],
        ForwardingDocuments().Append(Arn("ssm", $"document/{ShellDocument}")));

    /// <summary>
    /// Two resources decide: the machine, by its tags, and the document; without the check of the document a session that names none is a shell.
    /// https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
    /// </summary>
    private IEnumerable<JsonObject> Sessions(string[] roles, IEnumerable<JsonNode> documents) =>
    [
        Iam.Allow(["ssm:StartSession"], Arn("ec2", "instance/*"))
            .If("BoolIfExists", "ssm:SessionDocumentAccessCheck", "true")
            .If("StringEquals", $"ssm:resourceTag/{StackKeys.DistrictTag}", district.Name)
            .If("StringEquals", $"ssm:resourceTag/{DistrictStackKeys.RoleTag}", roles),
        Iam.Allow(["ssm:StartSession"], [.. documents]),
    ];

    /// <summary>
    /// By the tag that Systems Manager puts on a session, which fits people who come by a role, too; the id of their sessions does not. A data
    /// channel takes the token that only who started the session has.
    /// https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html
    /// </summary>
    private static IEnumerable<JsonObject> OwnSessions() =>
    [
        Iam.Allow(["ssm:ResumeSession", "ssm:TerminateSession"], Arn("ssm", "session/*"))
            .If("StringLike", "ssm:resourceTag/aws:ssmmessages:session-id", "${aws:userid}"),
        Iam.Allow(["ssmmessages:OpenDataChannel"], Arn("ssm", "session/*")),
    ];

    private static IEnumerable<JsonNode> ForwardingDocuments() =>
        [Document("AWS-StartPortForwardingSession"), Document("AWS-StartPortForwardingSessionToRemoteHost")];

    private static JsonObject Document(string name) => Cfn.Sub("arn:${AWS::Partition}:ssm:${AWS::Region}::document/" + name);

    private static JsonObject Arn(string service, string resource) => Cfn.Sub($"arn:${{AWS::Partition}}:{service}:{Here}:{resource}");
}
