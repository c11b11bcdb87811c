using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Schedules;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>Who makes which type.</summary>
internal static class ResourceHandlers
{
    private static readonly GenericResource Generic = new();

    private static readonly Dictionary<string, IResourceHandler> Handlers = new()
    {
        ["AWS::Logs::LogGroup"] = new LogGroupResource(),
        ["AWS::ECS::Cluster"] = new EcsClusterResource(),
        ["AWS::ECS::Service"] = new EcsServiceResource(),
        ["AWS::ECS::TaskDefinition"] = new TaskDefinitionResource(),
        ["AWS::ApplicationAutoScaling::ScalableTarget"] = new ScalableTargetResource(),
        ["AWS::ApplicationAutoScaling::ScalingPolicy"] = new ScalingPolicyResource(),
        ["AWS::AutoScaling::AutoScalingGroup"] = new AutoScalingGroupResource(),
        ["AWS::CertificateManager::Certificate"] = new CertificateResource(),
        ["AWS::EC2::LaunchTemplate"] = new LaunchTemplateResource(),
        ["AWS::EC2::VPCCidrBlock"] = new VpcCidrBlockResource(),
        ["AWS::ECS::ClusterCapacityProviderAssociations"] = new CapacityAssociationsResource(),
        ["AWS::S3::Bucket"] = new BucketResource(),
        ["AWS::S3::BucketPolicy"] = new BucketPolicyResource(),
        ["AWS::Scheduler::Schedule"] = new ScheduleResource(),
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = new LoadBalancerResource(),
        ["AWS::ElasticLoadBalancingV2::Listener"] = new ListenerResource(),
        ["AWS::ElasticLoadBalancingV2::ListenerRule"] = new ListenerRuleResource(),
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = new TargetGroupResource(),
    };

    public static IResourceHandler Of(string type) => Handlers.GetValueOrDefault(type, Generic);
}
