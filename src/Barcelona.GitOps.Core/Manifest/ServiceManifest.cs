using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest;

public enum ServiceType { Default, Web }

/// <summary>Where containers run: on the cluster's instances, on Fargate, or on Fargate Spot.</summary>
public enum Capacity { Ec2, Fargate, FargateSpot }

/// <summary>One long-running process type of a heritage.</summary>
public sealed record ServiceManifest
{
    public required Located<string> Name { get; init; }

    public ServiceType Type { get; init; } = ServiceType.Default;

    /// <summary>CPU units (1024 is one vCPU). Absent: unset on EC2, the smallest that fits on Fargate.</summary>
    public Located<int>? Cpu { get; init; }

    /// <summary>Hard limit in MiB.</summary>
    public required Located<int> Memory { get; init; }

    public required Command Command { get; init; }

    public bool ForceSsl { get; init; }

    /// <summary>The port a web service listens on; also its <c>PORT</c> variable.</summary>
    public int WebContainerPort { get; init; } = 3000;

    /// <summary>Null: the district's.</summary>
    public Located<Capacity>? Capacity { get; init; }

    /// <summary>Null: not given; then never in the template, so that a deploy does not undo autoscaling or a person's hand.</summary>
    public int? Count { get; init; }

    public Autoscaling? Autoscaling { get; init; }

    public DeploymentSettings Deployment { get; init; } = new();

    /// <summary>How long a container may take to stop after SIGTERM. Null: ECS's default.</summary>
    public TimeSpan? StopTimeout { get; init; }

    public required ImmutableArray<Listener> Listeners { get; init; }

    public required ImmutableArray<PortMapping> PortMappings { get; init; }

    /// <summary>The internet reaches the port mappings. Of listeners it is the endpoint that says so.</summary>
    public bool Public { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>Target tracking between two counts; each null metric is not tracked.</summary>
public sealed record Autoscaling(int Min, int Max, int? Cpu, int? Memory, int? Requests, SourceSpan Span);

/// <summary>How a rolling deployment replaces tasks.</summary>
public sealed record DeploymentSettings
{
    public int MinimumHealthyPercent { get; init; } = 100;

    public int MaximumPercent { get; init; } = 200;

    /// <summary>How long failing health checks are ignored after a task starts. Null: ECS's default (none).</summary>
    public TimeSpan? GracePeriod { get; init; }

    /// <summary>CloudWatch alarms that roll the deployment back.</summary>
    public ImmutableArray<string> Alarms { get; init; } = [];
}

/// <summary>A rule on an endpoint's listeners that leads to the service.</summary>
public sealed record Listener
{
    public required Located<string> Endpoint { get; init; }

    public string HealthCheckPath { get; init; } = "/";

    /// <summary>Where the file says it; null: it does not.</summary>
    public SourceSpan? PlaceOfHealthCheck { get; init; }

    /// <summary>Seconds.</summary>
    public int HealthCheckInterval { get; init; } = 10;

    /// <summary>Seconds. Null: the load balancer's default.</summary>
    public int? HealthCheckTimeout { get; init; }

    public int HealthyThresholdCount { get; init; } = 2;

    /// <summary>Null: the load balancer's default.</summary>
    public int? UnhealthyThresholdCount { get; init; }

    /// <summary>Null: the lowest free one from 100, kept for good.</summary>
    public Located<int>? RulePriority { get; init; }

    /// <summary>Absent in the file: every path.</summary>
    public required ImmutableArray<RuleCondition> RuleConditions { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>A condition of a listener rule: <c>path-pattern</c> or <c>host-header</c> and the like, with its value.</summary>
public sealed record RuleCondition(string Type, string Value, SourceSpan Span);

public enum PortProtocol { Tcp, Udp, Http, Https }

/// <summary>A port behind the service's network load balancer. What the original called http and https are TCP ports with a PROXY header.</summary>
public sealed record PortMapping(int LbPort, int ContainerPort, int? HostPort, PortProtocol Protocol, bool EnableProxyProtocol, SourceSpan Span)
{
    public bool IsUdp => Protocol == PortProtocol.Udp;

    /// <summary>A PROXY header says it, at the beginning of each connection.</summary>
    public bool SaysWhoCalls => !IsUdp && (EnableProxyProtocol || Protocol is PortProtocol.Http or PortProtocol.Https);
}
