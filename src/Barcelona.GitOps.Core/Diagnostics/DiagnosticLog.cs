using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>Collects what a parser has to say; hands it out in file order, each once.</summary>
/// <param name="limit">A file of nothing but mistakes must not make an answer larger than itself.</param>
public sealed class DiagnosticLog(int limit = 500)
{
    private readonly HashSet<Diagnostic> _found = [];

    public bool HasErrors { get; private set; }

    /// <summary>Further ones are dropped: whoever makes costly hints may stop.</summary>
    public bool IsFull => _found.Count >= limit;

    /// <summary>A helper that is merged in several places is read as often: what is said twice counts once.</summary>
    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.IsError;
        if (!IsFull)
        {
            _found.Add(diagnostic);
        }
    }

    public ImmutableArray<Diagnostic> InFileOrder() =>
        [.. _found.OrderBy(d => d.Span.Line).ThenBy(d => d.Span.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.Message, StringComparer.Ordinal)];
}
