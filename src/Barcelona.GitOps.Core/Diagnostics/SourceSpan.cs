namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>Where something stands in a file. Lines and columns count from 1; the end column is the one after the last character.</summary>
public sealed record SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The first character of a file: for what concerns the file as a whole.</summary>
    public static SourceSpan StartOf(string file) => new(file, 1, 1, 1, 1);
}

/// <summary>A value with the place it was written at, so that a later stage can still point to it.</summary>
public sealed record Located<T>(T Value, SourceSpan Span);
