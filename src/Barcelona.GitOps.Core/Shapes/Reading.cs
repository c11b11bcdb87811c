using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>What a shape needs besides the node: where to report, and what the value is called in messages.</summary>
internal readonly record struct Reading(DiagnosticLog Log, string Subject)
{
    public Reading For(string subject) => this with { Subject = subject };
}
