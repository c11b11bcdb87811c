using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>Services of a review app: fewer keys, no defaults, and the endpoint is the review group's.</summary>
internal static class ReviewServiceKeys
{
    private static readonly Key<Located<string>> Name = new("name", Texts.Name.Located(), "The service's name.") { IsRequired = true };

    private static readonly Key<ServiceType> Type = new("service_type",
        new ChoiceShape<ServiceType>(("default", ServiceType.Default), ("web", ServiceType.Web)), "web is reached through the group's endpoint.")
    { IsRequired = true };

    private static readonly Key<Located<int>> Cpu = new("cpu", new NumberShape(1, 196_608).Located(), "CPU units; 1024 is one vCPU.");
    private static readonly Key<Located<int>> Memory =
        new("memory", new NumberShape(1, 1_048_576).Located(), "Hard limit in MiB.") { IsRequired = true };
    private static readonly Key<Command> Command = new("command", CommandShapes.Command, "What the container runs.") { IsRequired = true };
    private static readonly Key<bool> ForceSsl = new("force_ssl", new FlagShape(), "Redirects HTTP to HTTPS.") { Default = false };
    private static readonly Key<ImmutableArray<Listener>> Listeners =
        new("listeners", ListenerKeys.ReviewListeners, "Health checks; endpoint and priority are the review group's.");

    public static readonly Shape<ImmutableArray<ServiceManifest>> Services = new ListShape<ServiceManifest>(
        new MapShape<ServiceManifest>("a review app's service", [Name, Type, Cpu, Memory, Command, ForceSsl, Listeners], values => new()
        {
            Name = values.Get(Name, new("", values.Head)),
            Type = values.Get(Type, ServiceType.Default),
            Cpu = values.Find(Cpu),
            Memory = values.Get(Memory, new(512, values.Head)),
            Command = values.Get(Command, new(null, [], values.Head)),
            ForceSsl = values.Get(ForceSsl, false),
            Listeners = values.Get(Listeners, []),
            PortMappings = [],
            Span = values.Span,
        }))
    { Max = 100 }.Select((services, _, reading) => ServiceRules.Unique(services, reading));
}
