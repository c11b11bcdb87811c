namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>
/// How a service is spoken to: JSON 1.1 with a target header, a form answered in XML and EC2's variety of it, Route 53's and S3's own.
/// </summary>
internal enum WireProtocol
{
    Json,
    Query,
    Ec2,
    Dns,
    ObjectStore,
}
