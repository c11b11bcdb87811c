using System.Text;
using Amazon;
using Amazon.S3;
using Amazon.S3.Model;
using Barcelona.GitOps.Core.Templates;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Aws.Converging;

/// <summary>How a template is handed to CloudFormation: exactly one of the two.</summary>
public sealed record TemplatePlace(string? Body, string? Url);

/// <summary>
/// Templates that are too large for a request go by way of a bucket: the district's, or one for just this before there is any. The bucket must
/// be of the district's account: its name could be guessed by others.
/// </summary>
public sealed class TemplateUploads(IOptions<AwsOptions> options)
{
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    private const int MaxBodyBytes = 51_200;

    public async Task<TemplatePlace> PlaceAsync(AwsSession session, StackSpec stack, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(stack.TemplateBody) <= MaxBodyBytes)
        {
            return new(stack.TemplateBody, Url: null);
        }

        var bucket = session.District.ExistingBucket ?? $"barcelona-templates-{session.District.Account}-{session.District.Region}";
        var key = $"stack_templates/{stack.Name}/{Fingerprint.OfContent(stack.TemplateBody)}.template";
        try
        {
            await PutAsync(session, bucket, key, stack.TemplateBody, cancellationToken);
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchBucket" && session.District.ExistingBucket is null)
        {
            await TemplateBucket.CreateAsync(session, bucket, cancellationToken);
            await PutAsync(session, bucket, key, stack.TemplateBody, cancellationToken);
        }

        return new(Body: null, UrlOf(session.District.Region, bucket, key));
    }

    private static Task<PutObjectResponse> PutAsync(
        AwsSession session, string bucket, string key, string body, CancellationToken cancellationToken) =>
        session.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentBody = body,
                ContentType = "application/json",
                UseChunkEncoding = false,
                ExpectedBucketOwner = session.District.Account,
            },
            cancellationToken).Translated(cancellationToken);

    private string UrlOf(string region, string bucket, string key) => options.Value.ServiceUrl is { } url
        ? $"{url.TrimEnd('/')}/{bucket}/{key}"
        : $"https://{bucket}.s3.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/{key}";
}
