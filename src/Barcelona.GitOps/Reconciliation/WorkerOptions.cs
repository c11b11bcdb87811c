using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Settings <c>Worker__…</c>.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>False: this process only takes deliveries in; another one works on them.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many lanes are worked on at once. A pass is mostly waiting for AWS and GitHub.</summary>
    [Range(1, 200, ErrorMessage = "Worker__Parallelism must be between 1 and 200.")]
    public int Parallelism { get; set; } = 10;

    /// <summary>
    /// How long a lane belongs to a worker that no longer says so, in seconds: the time it takes to resume after a crash.
    /// </summary>
    [Range(3, 600, ErrorMessage = "Worker__LeaseSeconds must be between 3 and 600.")]
    public int LeaseSeconds { get; set; } = 8;

    /// <summary>How often GitHub is asked for what was missed, in seconds.</summary>
    [Range(10, 86_400, ErrorMessage = "Worker__SweepSeconds must be between 10 and 86400.")]
    public int SweepSeconds { get; set; } = 300;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}

[OptionsValidator]
internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>;
