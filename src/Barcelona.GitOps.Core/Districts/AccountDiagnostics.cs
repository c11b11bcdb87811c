using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>Credentials that lead to another place than the district says.</summary>
public static class AccountDiagnostics
{
    private static readonly DiagnosticKind WrongKind = new("BCN716", Severity.Error, "Credentials of another account",
        "`account` in the district file is compared with the account of the credentials in use before anything is read or written: "
        + "a deploy into another account would make a second application there. Give the district its `role`, or run with credentials of its account.");

    public static Diagnostic Wrong(SourceSpan span, string district, (string Wanted, string Used) account) => WrongKind.At(
        span, $"District '{district}' is in account {account.Wanted}, and the credentials in use are of account {account.Used}.",
        "Correct 'account' or 'role' in the district file, or use other credentials.");
}
