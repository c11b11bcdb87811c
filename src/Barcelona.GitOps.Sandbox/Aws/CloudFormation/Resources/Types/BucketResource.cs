using Barcelona.GitOps.Sandbox.Aws.Buckets;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::S3::Bucket: names are the world's, and only an empty one can go.</summary>
internal sealed class BucketResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var name = PhysicalIds.Of(request);
        if (request.Region.Buckets.Find(name) is not null)
            throw new AwsErrorException("AlreadyExists", $"{name} already exists");
        request.Region.Buckets.Create(name, request.Region.Place);
        return new ResourceProgress.Done(name, ResourceAttributes.Of(request, name));
    }

    public ResourceProgress Update(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, GenericResource.Kept(request));

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Region.Buckets.Find(request.PhysicalId) is { Objects.Count: > 0 })
            throw new AwsErrorException("BucketNotEmpty", "The bucket you tried to delete is not empty");
        request.Region.Buckets.Remove(request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }
}

/// <summary>AWS::S3::BucketPolicy.</summary>
internal sealed class BucketPolicyResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request) => Put(request);

    public ResourceProgress Update(ResourceRequest request) => Put(request);

    public ResourceProgress Delete(ResourceRequest request)
    {
        request.Region.Buckets.Find(request.PhysicalId)?.Settings.Remove(nameof(Bucket.Policy));
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Put(ResourceRequest request)
    {
        var name = request.Properties.Text("Bucket") ?? "";
        var bucket = request.Region.Buckets.Find(name) ?? throw new AwsErrorException("NoSuchBucketNotFound", "The specified bucket does not exist");
        bucket.Settings[nameof(Bucket.Policy)] = request.Properties["PolicyDocument"]?.ToJsonString() ?? "";
        return new ResourceProgress.Done(name, []);
    }
}
