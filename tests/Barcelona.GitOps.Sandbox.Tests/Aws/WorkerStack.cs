using System.Text.Json.Nodes;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

/// <summary>A log group, a role and one service without a load balancer: the smallest application.</summary>
internal static class WorkerStack
{
    public const string Name = "barcelona-app--default--worker";

    public const string LogGroup = "/barcelona/default/worker";

    public static string Template(string? description = null, JsonObject? more = null)
    {
        var resources = new JsonObject
        {
            ["Logs"] = Resource("AWS::Logs::LogGroup", new JsonObject { ["LogGroupName"] = LogGroup, ["RetentionInDays"] = 14 }),
            ["TaskRole"] = Resource(
                "AWS::IAM::Role", new JsonObject { ["AssumeRolePolicyDocument"] = new JsonObject { ["Version"] = "2012-10-17" } }),
            ["Service"] = Resource("AWS::ECS::Service", after: "Logs", properties: new JsonObject
            {
                ["Cluster"] = "default",
                ["TaskDefinition"] = new JsonObject { ["Ref"] = "TaskDefinition" },
                ["DesiredCount"] = new JsonObject { ["Ref"] = "Count" },
                ["DeploymentConfiguration"] = new JsonObject
                {
                    ["MinimumHealthyPercent"] = 100,
                    ["MaximumPercent"] = 200,
                    ["DeploymentCircuitBreaker"] = new JsonObject { ["Enable"] = true, ["Rollback"] = true },
                },
            }),
        };
        foreach (var (id, resource) in more ?? []) resources[id] = resource?.DeepClone();
        var template = new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Parameters"] = new JsonObject
            {
                ["TaskDefinition"] = new JsonObject { ["Type"] = "String" },
                ["Count"] = new JsonObject { ["Type"] = "Number", ["Default"] = 2 },
            },
            ["Resources"] = resources,
            ["Outputs"] = new JsonObject
            {
                ["Running"] = new JsonObject { ["Value"] = new JsonObject { ["Fn::Sub"] = "${Service.Name} runs ${TaskDefinition}" } },
                ["RoleArn"] = new JsonObject { ["Value"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray("TaskRole", "Arn") } },
            },
        };
        if (description is not null) template["Description"] = description;
        return template.ToJsonString();
    }

    public static JsonObject Resource(string type, JsonObject properties, string? after = null)
    {
        var resource = new JsonObject { ["Type"] = type, ["Properties"] = properties };
        if (after is not null) resource["DependsOn"] = after;
        return resource;
    }

    public static CreateStackRequest Create(string definitionArn, string? token = null) => new()
    {
        StackName = Name,
        TemplateBody = Template(),
        Capabilities = ["CAPABILITY_IAM"],
        Parameters = [new Parameter { ParameterKey = "TaskDefinition", ParameterValue = definitionArn }],
        Tags = [new Amazon.CloudFormation.Model.Tag { Key = "barcelona:heritage", Value = "worker" }],
        ClientRequestToken = token,
    };

    public static UpdateStackRequest Update(string definitionArn, string? token = null) => new()
    {
        StackName = Name,
        TemplateBody = Template(),
        Capabilities = ["CAPABILITY_IAM"],
        Parameters = [new Parameter { ParameterKey = "TaskDefinition", ParameterValue = definitionArn }],
        ClientRequestToken = token,
    };

    public static RegisterTaskDefinitionRequest Definition(string image) => new()
    {
        Family = "default--worker--worker",
        ContainerDefinitions =
        [
            new ContainerDefinition
            {
                Name = "worker",
                Image = image,
                Memory = 128,
                Command = ["bin/work"],
                PortMappings = [new PortMapping { ContainerPort = 3000, HostPort = 0 }],
                LogConfiguration = new LogConfiguration
                {
                    LogDriver = "awslogs",
                    Options = new Dictionary<string, string>
                    {
                        ["awslogs-group"] = LogGroup, ["awslogs-region"] = "ap-northeast-1", ["awslogs-stream-prefix"] = "worker",
                    },
                },
            },
        ],
        Tags = [new Amazon.ECS.Model.Tag { Key = "barcelona:content", Value = image }],
    };

    public static async System.Threading.Tasks.Task<string> RegisterAsync(AwsHost host, string image, CancellationToken cancellation)
    {
        var answer = await host.Ecs.RegisterTaskDefinitionAsync(Definition(image), cancellation);
        return answer.TaskDefinition.TaskDefinitionArn;
    }

    public static async System.Threading.Tasks.Task<Stack> DescribeAsync(AwsHost host, CancellationToken cancellation)
    {
        var answer = await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = Name }, cancellation);
        return answer.Stacks.Single();
    }

    public static async System.Threading.Tasks.Task<Service> ServiceAsync(AwsHost host, CancellationToken cancellation)
    {
        var arns = await host.Ecs.ListServicesAsync(new ListServicesRequest { Cluster = "default" }, cancellation);
        var answer = await host.Ecs
            .DescribeServicesAsync(new DescribeServicesRequest { Cluster = "default", Services = arns.ServiceArns }, cancellation);
        return answer.Services.Single();
    }
}
