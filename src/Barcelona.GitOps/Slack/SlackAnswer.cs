namespace Barcelona.GitOps.Slack;

/// <summary>What became of a message.</summary>
public abstract record SlackAnswer
{
    private SlackAnswer() { }

    public sealed record Heard : SlackAnswer;

    /// <summary>Nobody has heard it; it may be tried again.</summary>
    /// <param name="Why">For people; nothing of the address is in it.</param>
    /// <param name="After">How long was asked for; null: not said.</param>
    public sealed record NotHeard(string Why, TimeSpan? After = null) : SlackAnswer;

    /// <summary>It is this message that is wrong: it would be refused again.</summary>
    public sealed record Unfit(string Why) : SlackAnswer;
}
