namespace Barcelona.GitOps.Aws.Converging;

/// <summary>What came of registering a task definition.</summary>
public abstract record Registration
{
    private Registration() { }

    public sealed record Registered(string Arn) : Registration;

    /// <summary>Somebody else registers the same family at this moment: look again.</summary>
    public sealed record Busy(string Reason) : Registration;

    /// <summary>ECS will not take it, now or later. The text is its own.</summary>
    public sealed record Refused(string Reason) : Registration;
}
