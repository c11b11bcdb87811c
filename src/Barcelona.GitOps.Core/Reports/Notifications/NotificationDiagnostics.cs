using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Reports.Notifications;

/// <summary>Channels that hear nothing. Never an error: what is said does not decide what is done.</summary>
public static class NotificationDiagnostics
{
    private static readonly DiagnosticKind NotHeardKind = new("BCN516", Severity.Warning, "A notification does not arrive",
        "The secret of a `slack` entry holds the address of an incoming webhook, https and in the public internet, and the district's role must "
        + "read it; for `sns` the role must publish to the district's topic. What could not be said is tried again for six hours. No deploy waits "
        + "for it.");

    public static Diagnostic NotHeard(SourceSpan span, string channel, string why) =>
        NotHeardKind.At(span, $"Notifications to {channel} do not arrive: {why}");
}
