using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary><c>services</c>.</summary>
internal static class ServiceKeys
{
    public static readonly Key<Located<string>> Name =
        new("name", Texts.Name.Located(), "The service's name, unique in the heritage; part of AWS names.") { IsRequired = true };

    public static readonly Key<ServiceType> Type =
        new("service_type", new ChoiceShape<ServiceType>(("default", ServiceType.Default), ("web", ServiceType.Web)),
            "web is reached through an endpoint.")
        { Default = "default" };

    private static readonly Key<Located<int>> Cpu = new("cpu", new NumberShape(1, 196_608).Located(), "CPU units; 1024 is one vCPU. Absent: unset.");
    private static readonly Key<Located<int>> Memory = new("memory", new NumberShape(1, 1_048_576).Located(), "Hard limit in MiB.") { Default = 512 };

    private static readonly Key<Command> Command =
        new("command", CommandShapes.Command,
            "What the container runs: a text, or a list of words that needs no shell in the image.")
        { IsRequired = true };

    public static readonly Key<bool> ForceSsl =
        new("force_ssl", new FlagShape(), "Redirects HTTP to HTTPS for this service's rules.") { Default = false };
    private static readonly Key<int> WebContainerPort =
        new("web_container_port", new NumberShape(1, 65_535), "The port a web service listens on; also its PORT variable.") { Default = 3000 };

    private static readonly Key<Located<Capacity>> CapacityKey = new("capacity", CapacityWords.Shape.Located(),
        "Where containers run. Absent: the district's. Fargate sizes are rounded up to an allowed pair.");

    public static readonly Key<int> Count = new("count", new NumberShape(0, 5000), "How many tasks run. Absent: whatever runs now stays.");
    public static readonly Key<int> DesiredCount = new("desired_count", new NumberShape(0, 5000), "The same as count.");

    public static readonly Key<Autoscaling> Autoscaling = new("autoscaling", ScalingKeys.Autoscaling, "Target tracking between two counts.");
    private static readonly Key<DeploymentSettings> Deployment = new("deployment", ScalingKeys.Deployment, "How a deploy replaces tasks.");

    private static readonly Key<TimeSpan> StopTimeout = new("stop_timeout", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        "How long a container may take to stop after SIGTERM; at most 120s on Fargate.");

    public static readonly Key<ImmutableArray<Listener>> Listeners =
        new("listeners", ListenerKeys.Listeners, "Rules on endpoints that lead to the service.");
    public static readonly Key<ImmutableArray<PortMapping>> PortMappings =
        new("port_mappings", PortKeys.PortMappings, "Ports behind a network load balancer of the service's own.");
    public static readonly Key<bool> Public =
        new("public", new FlagShape(), "The internet reaches the port_mappings. Of listeners the endpoint says it.") { Default = false };
    public static readonly Key<string> ReverseProxyImage =
        new("reverse_proxy_image", Texts.Any, "There is no reverse proxy: the load balancer reaches the container.") { IsObsolete = true };
    public static readonly Key<bool> Hosts =
        new("hosts", PortKeys.Hosts, "Host names are rule_conditions of a listener; certificates belong to the endpoint.") { IsObsolete = true };
    public static readonly Key<bool> HealthCheck =
        new("health_check", PortKeys.HealthCheck, "A listener's health_check_* keys say how health is checked.") { IsObsolete = true };

    public static readonly Shape<ImmutableArray<ServiceManifest>> Services = new ListShape<ServiceManifest>(new MapShape<ServiceManifest>("a service",
        [
            Name, Type, Cpu, Memory, Command, ForceSsl, WebContainerPort, CapacityKey, Count, DesiredCount, Autoscaling, Deployment, StopTimeout,
            Listeners, PortMappings, Public, ReverseProxyImage, Hosts, HealthCheck,
        ], Bind))
    { Max = 100 }.Select((services, _, reading) => ServiceRules.Unique(services, reading));

    private static ServiceManifest Bind(MapValues values)
    {
        var service = new ServiceManifest
        {
            Name = values.Get(Name, new("", values.Head)),
            Type = values.Get(Type, ServiceType.Default),
            Cpu = values.Find(Cpu),
            Memory = values.Get(Memory, new(512, values.Head)),
            Command = values.Get(Command, new(null, [], values.Head)),
            ForceSsl = values.Get(ForceSsl, false),
            WebContainerPort = values.Get(WebContainerPort, 3000),
            Capacity = values.Find(CapacityKey),
            Count = values.FindValue(Count) ?? values.FindValue(DesiredCount),
            Autoscaling = values.Find(Autoscaling),
            Deployment = values.Get(Deployment, new()),
            StopTimeout = values.FindValue(StopTimeout),
            Listeners = values.Get(Listeners, []),
            PortMappings = values.Get(PortMappings, []),
            Public = values.Get(Public, false),
            Span = values.Span,
        };
        ServiceRules.Check(service, values);
        return service;
    }
}
