namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;

/// <summary>
/// The pairs of CPU units and MiB that Fargate has. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
/// </summary>
internal static class FargateSizes
{
    public static bool Allow(int cpu, int memory) => cpu switch
    {
        256 => memory is 512 or 1024 or 2048,
        512 => Between(memory, 1, 4, 1),
        1024 => Between(memory, 2, 8, 1),
        2048 => Between(memory, 4, 16, 1),
        4096 => Between(memory, 8, 30, 1),
        8192 => Between(memory, 16, 60, 4),
        16384 => Between(memory, 32, 120, 8),
        _ => false,
    };

    private static bool Between(int memory, int least, int most, int step) =>
        memory % 1024 == 0 && memory / 1024 >= least && memory / 1024 <= most && (memory / 1024 - least) % step == 0;
}
