namespace Barcelona.GitOps.Storage.History;

public enum RunState
{
    Queued,
    Running,
    Succeeded,

    /// <summary>AWS or the application did not get there; the cause says why.</summary>
    Failed,

    /// <summary>A person's mistake in a file; never tried again.</summary>
    Rejected,

    /// <summary>A newer commit took its place.</summary>
    Superseded,
    Cancelled,

    /// <summary>Its commit was rolled back from: it is not deployed again by itself.</summary>
    Held,
}

public static class RunStates
{
    /// <summary>Whether a run in this state is over. What is over never changes its state again.</summary>
    public static bool IsFinal(this RunState state) => state is not (RunState.Queued or RunState.Running);
}
