using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>How a pushed commit ends, as told from what a person sees on GitHub.</summary>
internal interface IVerdict
{
    SandboxRepository Repository { get; }

    /// <summary>True: it succeeded.</summary>
    Task<bool> Task { get; }

    /// <summary>Takes a change into account.</summary>
    void Look(SandboxChange change);
}
