using System.Collections.Immutable;
using System.Globalization;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>Why a deploy failed: one line that a developer can act on, and what AWS said, word for word.</summary>
/// <param name="Evidence">Lines as AWS gave them; not yet fit for showing: they are redacted and fenced where they are shown.</param>
public abstract record FailureCause(ImmutableArray<string> Evidence)
{
    /// <summary>A sentence without markup.</summary>
    public abstract string Headline { get; }

    public sealed record ImagePull(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"The image of {Service} could not be pulled: it is not there under this name and tag, or may not be read.";
    }

    /// <summary>Nothing is wrong with the name: the next attempt may go well.</summary>
    public sealed record RegistryAway(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"The image of {Service} could not be pulled: its registry could not be reached from the tasks' network, or asked to wait.";
    }

    /// <param name="Why">A clause: what is wrong with it, in our words or in those of AWS.</param>
    public sealed record CannotStart(string Service, string Why, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"{Service} could not be started: {Why}.";
    }

    public sealed record SecretMissing(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"A secret or parameter of {Service} could not be read: it is not there, or lies outside the district's prefix.";
    }

    public sealed record OutOfMemory(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"{Service} was killed because it used more memory than its limit: raise memory, or use less.";
    }

    public sealed record ExitCode(string Service, int Code, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"{Service} stopped by itself with exit code {Code.ToString(CultureInfo.InvariantCulture)}{(Code == 0 ? ", although a service should go on running" : Meaning(Code))}.";

        /// <summary>What shells and Docker mean by the codes above 125.</summary>
        internal static string Meaning(int code) => code switch
        {
            126 => ": the command cannot be executed",
            127 => ": there is no such command in the image",
            134 => ": it aborted",
            137 => ": it was killed",
            139 => ": a segmentation fault",
            143 => ": it was asked to stop",
            _ => "",
        };
    }

    /// <summary>A task that is to end by itself, with zero.</summary>
    public sealed record OneOffExit(string OneOff, int Code, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"{OneOff} ended with exit code {Code.ToString(CultureInfo.InvariantCulture)}{ExitCode.Meaning(Code)}.";
    }

    /// <summary>Not by itself: a person, ECS or the end of its machine.</summary>
    public sealed record OneOffStopped(string OneOff, string Reason, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"{OneOff} was stopped from outside before it had ended{(Reason.Length == 0 ? "" : $": {Reason.TrimEnd('.')}")}.";
    }

    public sealed record PortOrHealthCheck(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        /// <summary>Whether whoever connected was answered, by another status than was wanted. Null: nobody says.</summary>
        public bool? Answers { get; init; }

        public override string Headline => Answers switch
        {
            true => $"{Service} started but did not pass its health check: it answers health_check_path with another status than 200 to 299.",
            false => $"{Service} started but nothing answers on its port in time, or in HTTP where that is asked: see that it listens on "
                + "PORT, or its container_port, and on every address.",
            null => $"{Service} started but did not pass its health check: see that it listens on PORT, or on its container_port, and answers "
                + "health_check_path with 200 to 299 where it has one.",
        };
    }

    public sealed record StackResource(string LogicalId, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"CloudFormation could not make or change {LogicalId}.";
    }

    /// <summary>The first cluster of an account makes the role, and is often faster than IAM. Trying again is all it takes.</summary>
    public sealed record RoleNotReady(string LogicalId, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"{LogicalId} was refused because a service-linked role of the account was not ready yet, as happens once in an account: "
            + "run it again.";
    }

    public sealed record CircuitBreaker(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"ECS gave up on {Service} after too many tasks had failed.";
    }

    public sealed record NoPlace(string Service, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"There is no room for {Service}: ECS finds no place for its tasks.";
    }

    /// <param name="Alarms">Empty: which it was is not known any more.</param>
    public sealed record Alarm(string Service, ImmutableArray<string> Alarms, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => Alarms switch
        {
            [] => $"An alarm went off while {Service} was deployed.",
            [var one] => $"The alarm {one} went off while {Service} was deployed.",
            _ => $"The alarms {string.Join(", ", Alarms)} went off while {Service} was deployed.",
        };
    }

    public sealed record AlarmRefused(string LogicalId, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"ECS refused the alarms of {LogicalId}: deployment.alarms names alarms that exist in the district's account and region.";
    }

    /// <param name="What">What follows its name.</param>
    public sealed record ChangedByHand(string Service, string What, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline =>
            $"{Service} {What}: somebody changed it beside its stack. The next release, or `barcelona restart`, puts right what was changed; a service "
            + "that was deleted is made again once it has been taken out of barcelona.yml, deployed, and put back.";
    }

    /// <param name="Reason">CloudFormation's; empty when it gives none.</param>
    public sealed record PutBack(string Reason, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => "CloudFormation went back to what ran before, although no resource failed: "
            + (Reason.Length == 0 || Reason.Contains("initiated", StringComparison.OrdinalIgnoreCase)
                ? "somebody cancelled the update."
                : $"{Reason.TrimEnd('.')}.");
    }

    public sealed record Timeout(TimeSpan After, ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => $"It was not finished after {After.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} minutes.";
    }

    public sealed record Unknown(ImmutableArray<string> Evidence) : FailureCause(Evidence)
    {
        public override string Headline => "It failed, and AWS gave no reason that this version knows.";
    }
}
