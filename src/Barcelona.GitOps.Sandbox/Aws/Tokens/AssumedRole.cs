namespace Barcelona.GitOps.Sandbox.Aws.Tokens;

internal sealed record AssumedRole(string AccountId, string Arn, DateTimeOffset Expires);
