namespace Barcelona.GitOps.Storage.History;

/// <summary>What a run is for. A district's is a deploy, too.</summary>
public enum RunKind
{
    Deploy,

    /// <summary>An earlier release is put back.</summary>
    Rollback,

    /// <summary>The release that runs is given new tasks, with the secrets that are current now.</summary>
    Restart,
}
