namespace AwsClients.Generator.Models;

/// <summary>The wire readers and writers have a method named after each of these.</summary>
internal enum ScalarKind
{
    String,
    Blob,
    Boolean,
    Integer,
    Long,
    Float,
    Double,

    /// <summary>Seconds since 1970 in JSON, ISO 8601 in query requests and XML.</summary>
    Timestamp,

    /// <summary>A number of milliseconds since 1970 that the official CloudWatch Logs client shows as a <c>DateTime</c>.</summary>
    EpochMilliseconds,
}
