namespace Barcelona.GitOps.Sandbox.Aws;

public sealed record SandboxAwsOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the seed helpers put things, and the region of a call that is not signed.</summary>
    public string Region { get; init; } = "ap-northeast-1";

    /// <summary>The account of every access key that AssumeRole did not hand out.</summary>
    public string AccountId { get; init; } = "123456789012";

    public SandboxTimings Timings { get; init; } = new();
}
