namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>How a service is spoken to: JSON 1.1 with a target header, a form answered in XML, or S3's own.</summary>
internal enum WireProtocol
{
    Json,
    Query,
    ObjectStore,
}
