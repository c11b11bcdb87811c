namespace Barcelona.GitOps.Sandbox.Aws.Logs;

internal sealed record LogEvent(DateTimeOffset At, DateTimeOffset IngestedAt, string Message);
