using System;

namespace AwsClients.Generator.Reading;

/// <summary>An <c>.awsapi</c> file that does not follow its format; <see cref="LineNumber"/> counts from zero.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032", Justification = "Thrown in one folder, always with a line.")]
internal sealed class AwsApiFormatException(int lineNumber, string message) : Exception(message)
{
    public int LineNumber { get; } = lineNumber;
}
