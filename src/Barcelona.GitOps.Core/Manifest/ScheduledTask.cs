using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>A one-off that EventBridge Scheduler starts.</summary>
public sealed record ScheduledTask
{
    /// <summary>Given, or made from the place in the list; no service has it.</summary>
    public required string Name { get; init; }

    public required Located<string> Schedule { get; init; }

    public string Timezone { get; init; } = "UTC";

    /// <summary>Always words: a text has been split, as in the original.</summary>
    public required Command Command { get; init; }

    /// <summary>Null: the district's.</summary>
    public Located<Capacity>? Capacity { get; init; }

    /// <summary>CPU units (1024 is one vCPU). Null: 512, as in the original.</summary>
    public Located<int>? Cpu { get; init; }

    /// <summary>MiB. Null: 1512, as in the original; on Fargate, which does not sell that, 2048.</summary>
    public Located<int>? Memory { get; init; }

    public int Retries { get; init; }

    /// <summary><c>family</c> or <c>family:revision</c>: runs instead of one of this heritage's own.</summary>
    public Located<string>? ExternalTaskDefinition { get; init; }

    public required SourceSpan Span { get; init; }
}
