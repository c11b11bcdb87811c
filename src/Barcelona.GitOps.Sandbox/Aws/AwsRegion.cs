using Barcelona.GitOps.Sandbox.Aws.Buckets;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation;
using Barcelona.GitOps.Sandbox.Aws.Ec2;
using Barcelona.GitOps.Sandbox.Aws.Ecs;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Logs;
using Barcelona.GitOps.Sandbox.Aws.Parameters;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Schedules;
using Barcelona.GitOps.Sandbox.Aws.Secrets;
using Barcelona.GitOps.Sandbox.Aws.Tokens;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>All that one account has in one region, and what its services share.</summary>
internal sealed class AwsRegion(AwsPlace place, MachineImages machineImages, AwsSurroundings surroundings)
{
    public AwsPlace Place => place;

    public string AccountId => place.AccountId;

    public string Name => place.Region;

    public Timeline Timeline => surroundings.Timeline;

    public SandboxTimings Timings => surroundings.Timings;

    public FaultRules Faults => surroundings.Faults;

    public ImageBehaviours Images => surroundings.Images;

    public DateTimeOffset Now => Timeline.Now;

    public LogStore Logs { get; } = new();

    public EcsStore Ecs { get; } = new();

    public ParameterStore Parameters { get; } = new(machineImages);

    public SecretStore Secrets { get; } = new();

    public BalancerStore Balancers { get; } = new();

    public SessionStore Sessions => surroundings.Sessions;

    public BucketStore Buckets => surroundings.Buckets;

    public StackStore Stacks { get; } = new();

    public ResourceInventory Inventory { get; } = new(surroundings.InventoryOf(place.AccountId));

    public MachineImages MachineImages => machineImages;

    public ScalingStore Scaling { get; } = new();

    public ScheduleStore Schedules { get; } = new();

    public string Arn(string service, string resource) => $"arn:aws:{service}:{Name}:{AccountId}:{resource}";
}
