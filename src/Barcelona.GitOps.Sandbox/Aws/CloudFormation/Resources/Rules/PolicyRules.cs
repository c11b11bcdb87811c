using Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Policies that speak of something else than what they are put on.</summary>
internal static class PolicyRules
{
    public static void Profile(ResourceRequest request)
    {
        if (request.Properties.Texts("Roles").Count() != 1)
            throw new AwsErrorException("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    }

    public static void Bucket(ResourceRequest request)
    {
        var bucket = request.Named("AWS::S3::Bucket", "Bucket");
        var resources = (request.Properties.Object("PolicyDocument")?.Objects("Statement") ?? [])
            .SelectMany(statement => ReferenceValues.Of(statement, new Reference("Resource", "", Holds: false)));
        var arn = $"arn:aws:s3:::{bucket?.Id}";
        var foreign = resources.FirstOrDefault(resource => resource != arn && !resource.StartsWith(arn + "/", StringComparison.Ordinal));
        if (foreign is { } other)
            throw new AwsErrorException("MalformedPolicy", $"Policy has invalid resource: {other}");
    }
}
