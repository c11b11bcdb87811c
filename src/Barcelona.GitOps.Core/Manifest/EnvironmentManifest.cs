using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>One entry of <c>environments</c>: a heritage, where it goes and when.</summary>
public sealed record EnvironmentManifest
{
    /// <summary>The key in the file: GitHub's deployment environment.</summary>
    public required Located<string> Key { get; init; }

    /// <summary>The heritage's name; part of every AWS name.</summary>
    public required Located<string> Name { get; init; }

    /// <summary>Where to deploy. Absent: checked and never deployed, unless a district file takes it.</summary>
    public Located<string>? District { get; init; }

    public DeploySettings? Deploy { get; init; }

    /// <summary>Absent: nothing is deployed, as in the original.</summary>
    public Located<string>? ImageName { get; init; }

    /// <summary>A tag or a pattern of <c>{sha} {short_sha} {branch} {tag}</c>. Absent: <c>{tag}</c> for a tag, <c>{sha}</c> for a branch.</summary>
    public Located<string>? ImageTag { get; init; }

    /// <summary>How long to wait for the image to appear; null: <c>false</c> in the file, deploy the tag unseen.</summary>
    public TimeSpan? ImageWait { get; init; } = TimeSpan.FromMinutes(30);

    public BeforeDeploy? BeforeDeploy { get; init; }

    public required ImmutableArray<EnvironmentVariable> Variables { get; init; }

    public required ImmutableArray<ScheduledTask> ScheduledTasks { get; init; }

    public required ImmutableArray<ServiceManifest> Services { get; init; }

    /// <summary>The whole entry.</summary>
    public required SourceSpan Span { get; init; }
}

/// <summary>The <c>deploy</c> block: when an environment deploys and who has a say.</summary>
public sealed record DeploySettings
{
    /// <summary>Absent in the file: empty; the default rule holds.</summary>
    public required ImmutableArray<DeployTrigger> On { get; init; }

    /// <summary>Checks or statuses on the commit that must succeed first.</summary>
    public ImmutableArray<Located<string>> WaitFor { get; init; } = [];

    /// <summary>Teams, <c>org/team</c>, one of whom must say yes.</summary>
    public ImmutableArray<Located<string>> Approve { get; init; } = [];

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    public required SourceSpan Span { get; init; }
}

public enum TriggerKind { Branch, Tag }

/// <summary>A ref pattern that deploys; <c>*</c> matches within a path segment, <c>**</c> across, <c>?</c> one character.</summary>
public sealed record DeployTrigger(TriggerKind Kind, string Pattern, SourceSpan Span);

/// <summary>A task that runs with the new image before any service changes.</summary>
public sealed record BeforeDeploy
{
    public required Command Command { get; init; }

    /// <summary>CPU units. Null: 128, as in the original; on Fargate the least that goes with the memory.</summary>
    public Located<int>? Cpu { get; init; }

    /// <summary>MiB. Null: 512, as in the original.</summary>
    public Located<int>? Memory { get; init; }

    /// <summary>From the first attempt to start it to its end, waiting for a place included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    public required SourceSpan Span { get; init; }
}

/// <summary>What a container runs: the text as written, or the words of a list, which need no shell in the image.</summary>
public sealed record Command(string? Text, ImmutableArray<string> Words, SourceSpan Span);
