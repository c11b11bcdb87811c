namespace Barcelona.GitOps.Sandbox.Aws.Faults;

/// <summary>What goes wrong with a call.</summary>
internal abstract record Fault
{
    /// <summary>Answered with the error; nothing happened.</summary>
    internal sealed record Answer(string Code, string Message, int Status) : Fault;

    /// <summary>"Rate exceeded", in the words of the service that was called; nothing happened.</summary>
    internal sealed record Throttle : Fault;

    /// <summary>No answer until the caller gives up; nothing happened.</summary>
    internal sealed record TimeOut : Fault;

    /// <summary>It happened, and the connection drops before the answer.</summary>
    internal sealed record LostResponse : Fault;
}
