using System.Collections.Immutable;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>Small stacks and task definitions, of the same shape as the templates'.</summary>
internal static class Specs
{
    public static readonly DeployTarget Target = new("default", "shop");

    public static readonly TaskRoles Roles = new(
        "arn:aws:iam::123456789012:role/barcelona/task", "arn:aws:iam::123456789012:role/barcelona/execution");

    public static StackSpec Heritage(string fingerprint = "f1") => new()
    {
        Name = StackName.Heritage(Target.District, Target.Heritage),
        TemplateBody =
            """
            {"Parameters":{"Fingerprint":{"Type":"String"}},
            "Resources":{"LogGroup":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"/barcelona/default/shop"}}},
            "Outputs":{"LogGroupName":{"Value":{"Ref":"LogGroup"}},"Fingerprint":{"Value":{"Ref":"Fingerprint"}}}}
            """,
        Parameters = Sorted([new("Fingerprint", fingerprint)]),
        Tags = Sorted([new(StackKeys.DistrictTag, "default"), new(StackKeys.HeritageTag, "shop"), new(StackKeys.RepositoryTag, "acme/shop")]),
        MakesRoles = false,
    };

    public static TaskDefinitionSpec TaskDefinition(string image = "acme/shop:1")
    {
        // What ECS adds by itself (cpu, mountPoints, volumesFrom) is not in it, as in what the templates write.
        var content =
            """
            {"containerDefinitions":[{"command":["sh","-c","exec bundle exec ruby main.rb"],
            "environment":[{"name":"GREETING","value":"caf\u00E9 & <b>"}],
            "essential":true,"image":"IMAGE","linuxParameters":{"initProcessEnabled":true},"logConfiguration":{"logDriver":"awslogs",
            "options":{"awslogs-group":"/barcelona/default/shop","awslogs-region":"ap-northeast-1","awslogs-stream-prefix":"web"}},
            "memory":128,"name":"web","portMappings":[{"containerPort":3000,"hostPort":0,"protocol":"tcp"}]}],
            "executionRoleArn":"{ExecutionRoleArn}","family":"default--shop--web","networkMode":"bridge","requiresCompatibilities":["EC2"],
            "taskRoleArn":"{TaskRoleArn}"}
            """.ReplaceLineEndings("").Replace("IMAGE", image, StringComparison.Ordinal);
        return new TaskDefinitionSpec
        {
            Name = "web",
            Tags = Sorted([new(StackKeys.DistrictTag, "default")]),
            Family = "default--shop--web",
            Content = content,
            ContentHash = "hash-of-" + image.Replace(':', '-').Replace('/', '-'),
            ParameterName = "WebTaskDefinition",
        };
    }

    public static ImmutableSortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, pairs);
}
