namespace Barcelona.GitOps.Tests.Scenarios.Histories.Steps;

/// <summary>What a commit is like.</summary>
internal enum Content
{
    Good,

    /// <summary>Its containers end as soon as they have started.</summary>
    Crashing,

    /// <summary>The file has a mistake.</summary>
    Broken,

    /// <summary>It names a secret that is not there: its run is refused before anything changes, and what is under way goes on.</summary>
    Refused,

    /// <summary>Its message says <c>[skip ci]</c>: nobody wants it deployed, and what is under way goes on.</summary>
    Skip,
}

internal enum AwsTrouble { Throttled, ServerError, CreateLost, UpdateLost, RegistrationLost, ServiceFails, RollbackStuck, Denied }

internal enum GitHubTrouble { Away, CheckLost, DeploymentLost, BadGateway, TooManyRequests }

/// <summary>Something that somebody does, or that goes wrong.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>How many seconds pass after it before the next one; 0: nobody looks in between.</summary>
    public int Then { get; init; }

    public sealed override string ToString() => $"{Text()}, then {Then} s";

    /// <summary>Of thousands a few lines are read.</summary>
    protected abstract string Text();

    internal sealed record Push(string Branch, Content Content) : Step
    {
        protected override string Text() => $"push a {Content} commit to {Branch}";
    }

    internal sealed record ForcePush(string Branch, int Back) : Step
    {
        protected override string Text() => $"force-push {Branch} to the commit of {Back} pushes ago";
    }

    internal sealed record Tag(string Version) : Step
    {
        protected override string Text() => $"tag the head of main as {Version}";
    }

    /// <param name="Button">approve, cancel, retry or rollback.</param>
    internal sealed record Press(string Button, string Login) : Step
    {
        protected override string Text() => $"{Login} presses {Button} on the newest check that offers it";
    }

    internal sealed record Cancel(int Target) : Step
    {
        protected override string Text() => $"barcelona cancel, target {Target}";
    }

    internal sealed record RollBack(int Target) : Step
    {
        protected override string Text() => $"barcelona rollback --to the release that ran before, target {Target}";
    }

    internal sealed record Restart(int Target) : Step
    {
        protected override string Text() => $"barcelona restart, target {Target}";
    }

    internal sealed record Rerun(int Back) : Step
    {
        protected override string Text() => $"re-run the check that is number {Back} from the newest";
    }

    internal sealed record RerunAll : Step
    {
        protected override string Text() => "re-run all checks of the head of main";
    }

    internal sealed record Redeliver(int Back) : Step
    {
        protected override string Text() => $"deliver once more the webhook that is number {Back} from the newest";
    }

    /// <summary>Until they are let go nothing arrives.</summary>
    internal sealed record HoldDeliveries : Step
    {
        protected override string Text() => "webhooks are held up";
    }

    internal sealed record ReleaseDeliveries : Step
    {
        protected override string Text() => "what was held up arrives, the newest first";
    }

    internal sealed record LoseDeliveries(bool Lost) : Step
    {
        protected override string Text() => Lost ? "webhooks are refused from now on" : "webhooks are taken again";
    }

    internal sealed record Die(int Calls, bool Happened) : Step
    {
        protected override string Text() => $"the worker dies at its call {Calls} from now, which {(Happened ? "happens" : "is never made")}";
    }

    /// <summary>It has lost its lease when it wakes up.</summary>
    internal sealed record Sleep(int Calls) : Step
    {
        protected override string Text() => $"the worker sleeps past its lease at the first read from its call {Calls} on, and another one goes on";
    }

    internal sealed record Aws(AwsTrouble Trouble, int Times) : Step
    {
        protected override string Text() => $"AWS: {Trouble}, {Times} times";
    }

    internal sealed record GitHub(GitHubTrouble Trouble) : Step
    {
        protected override string Text() => $"GitHub: {Trouble}";
    }

    internal sealed record Sweep : Step
    {
        protected override string Text() => "the sweep looks";
    }

    /// <summary>Everything comes to its end, and all that must be true then is looked at.</summary>
    internal sealed record Quiet : Step
    {
        protected override string Text() => "quiet";
    }

    /// <summary>In quiet, unless <see cref="InTheMiddle"/>.</summary>
    internal sealed record Wipe(bool InTheMiddle) : Step
    {
        protected override string Text() => InTheMiddle ? "the database is lost in the middle" : "quiet, and the database is lost";
    }
}
