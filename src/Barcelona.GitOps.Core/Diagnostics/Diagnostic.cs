using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Diagnostics;

public enum Severity { Error, Warning, Information }

/// <summary>Something a user can mend, said at its place. Made by one factory per code; never thrown.</summary>
/// <param name="Code">BCN and three digits; documented in docs/diagnostics.md.</param>
/// <param name="Message">What was found and what is allowed, as one sentence.</param>
/// <param name="Hint">What to do next, or the nearest spelling; empty when the message says it all.</param>
public sealed record Diagnostic(string Code, Severity Severity, SourceSpan Span, string Message, string Hint = "")
{
    public bool IsError => Severity == Severity.Error;

    /// <summary>The form that editors and build logs understand: <c>file(line,col): error BCN101: message</c>.</summary>
    public override string ToString() =>
        $"{Span.File}({Span.Line},{Span.Column}): {Severity.ToString().ToLowerInvariant()} {Code}: {Message}{(Hint.Length == 0 ? "" : " " + Hint)}";
}

/// <summary>What a parser made of its input: the value if it is usable, and everything worth saying about it.</summary>
public sealed record Parsed<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics) where T : class
{
    public bool HasErrors => Diagnostics.Any(d => d.IsError);
}
