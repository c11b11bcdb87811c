using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>
/// The pairs of CPU and memory that Fargate sells.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
/// </summary>
/// <param name="Cpu">CPU units.</param>
/// <param name="Memory">MiB.</param>
public sealed record FargateSize(int Cpu, int Memory)
{
    private const int GiB = 1024;

    private static readonly ImmutableArray<(int Cpu, int[] Memory)> Sizes =
    [
        (256, [512, 1 * GiB, 2 * GiB]),
        (512, Steps(1, 4, 1)),
        (1024, Steps(2, 8, 1)),
        (2048, Steps(4, 16, 1)),
        (4096, Steps(8, 30, 1)),
        (8192, Steps(16, 60, 4)),
        (16384, Steps(32, 120, 8)),
    ];

    /// <summary>The smallest pair that holds both; null when none does.</summary>
    public static FargateSize? AtLeast(int cpu, int memory) => Sizes
        .Where(s => s.Cpu >= cpu && s.Memory[^1] >= memory)
        .Select(s => new FargateSize(s.Cpu, s.Memory.First(m => m >= memory)))
        .FirstOrDefault();

    private static int[] Steps(int from, int to, int step) =>
        [.. Enumerable.Range(0, ((to - from) / step) + 1).Select(i => (from + (i * step)) * GiB)];
}
