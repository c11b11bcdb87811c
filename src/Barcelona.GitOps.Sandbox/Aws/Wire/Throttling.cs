namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>How each service says that it is asked too often; the SDK retries all of these.</summary>
internal static class Throttling
{
    public static AwsErrorException Of(string service) => service switch
    {
        "cloudformation" or "elasticloadbalancing" or "sts" or "route53" => new AwsErrorException("Throttling", "Rate exceeded"),
        "ec2" => new AwsErrorException("RequestLimitExceeded", "Request limit exceeded.", 503),
        "s3" => new AwsErrorException("SlowDown", "Please reduce your request rate.", 503),
        _ => new AwsErrorException("ThrottlingException", "Rate exceeded"),
    };
}
