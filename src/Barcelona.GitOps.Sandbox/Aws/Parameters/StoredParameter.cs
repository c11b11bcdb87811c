namespace Barcelona.GitOps.Sandbox.Aws.Parameters;

/// <param name="Type">String, StringList or SecureString.</param>
internal sealed record StoredParameter(string Name, string Type, string Value, int Version, DateTimeOffset ChangedAt);
