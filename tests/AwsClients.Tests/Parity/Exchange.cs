namespace AwsClients.Tests.Parity;

/// <summary>What a client sent, and the response or exception that it made of the answer.</summary>
internal sealed record Exchange(string Sent, object? Outcome);
