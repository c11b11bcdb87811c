using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>What a heritage has before its first task runs and keeps when its services go: its logs and its two roles.</summary>
public static class HeritageTemplate
{
    private const int RetentionDays = 365;

    public static StackSpec Of(ReleaseInputs inputs)
    {
        var (district, heritage) = (inputs.District.Name, inputs.Environment.Name.Value);
        var roles = new HeritageRoles(inputs.District, inputs.Image);
        var template = CanonicalJson.Write(Cfn.Template(
            $"Barcelona: logs and roles of {heritage} in {district}",
            new() { [StackKeys.FingerprintParameter] = Cfn.Parameter("String", "Hash of this template and its tags") },
            new()
            {
                ["LogGroup"] = LogGroup(StackKeys.LogGroup(district, heritage)),
                ["TaskRole"] = roles.TaskRole(),
                ["TaskExecutionRole"] = roles.ExecutionRole(),
            },
            new()
            {
                [StackKeys.FingerprintParameter] = Cfn.Output(Cfn.Ref(StackKeys.FingerprintParameter)),
                [StackKeys.LogGroupOutput] = Cfn.Output(Cfn.Ref("LogGroup")),
                [StackKeys.TaskRoleOutput] = Cfn.Output(Cfn.GetAtt("TaskRole", "Arn")),
                [StackKeys.ExecutionRoleOutput] = Cfn.Output(Cfn.GetAtt("TaskExecutionRole", "Arn")),
            }));
        var tags = StackKeys.Tags(inputs);
        return new()
        {
            Name = StackName.Heritage(district, heritage),
            TemplateBody = template,
            Parameters = StackKeys.Dictionary([new(StackKeys.FingerprintParameter, Fingerprint.Of([template, .. Fingerprint.Parts(tags)]))]),
            Tags = tags,
            MakesRoles = true,
        };
    }

    /// <summary>
    /// The one resource with a name of its own: people look for it. Kept when the stack goes, but not when the stack's very creation is rolled
    /// back: left behind empty, it would make every further creation fail because it already exists.
    /// </summary>
    private static JsonObject LogGroup(string name) => new()
    {
        ["Type"] = "AWS::Logs::LogGroup",
        ["DeletionPolicy"] = "RetainExceptOnCreate",
        ["UpdateReplacePolicy"] = "Retain",
        ["Properties"] = new JsonObject { ["LogGroupName"] = name, ["RetentionInDays"] = RetentionDays },
    };
}
