using System.Collections.Concurrent;
using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Core.Districts;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Aws;

/// <summary>
/// One session per account, region and role. A session with a role carries who it acts for, so there it is also one per purpose;
/// those are forgotten after an hour.
/// </summary>
public sealed class AwsSessions : IDisposable
{
    // Four tries over some four seconds; what still fails then is looked at again by a later job, which starts from what AWS says.
    private const int Retries = 3;

    private const string FallbackRegion = "us-east-1";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<SessionKey, Entry> _sessions = new();
    private readonly ConcurrentDictionary<string, IAmazonSecurityTokenService> _tokens = new();
    private readonly AwsOptions _options;
    private readonly SdkHttpClientFactory _http;
    private readonly TimeProvider _time;

    // Found once: an instance's or container's credentials renew themselves. Lazy, so that a service without any still starts.
    private readonly Lazy<AWSCredentials> _own = new(() => DefaultAWSCredentialsIdentityResolver.GetCredentials());

    public AwsSessions(IOptions<AwsOptions> options, SdkHttpClientFactory http, TimeProvider time)
    {
        _options = options.Value;
        _http = http;
        _time = time;
    }

    /// <summary>By our own credentials, whatever role the district names: for a person at the command line.</summary>
    public AwsSession Own(District district) => For(district with { Role = null }, purpose: null);

    /// <summary>For looking at what was begun in a district whose file cannot be read.</summary>
    public AwsSession For(AwsPlace place, SessionPurpose purpose) => For(place.AsDistrict(), purpose);

    public AwsSession For(District district, SessionPurpose? purpose)
    {
        var now = _time.GetUtcNow();
        Forget(now);
        var key = new SessionKey(district.Account, district.Region, district.Role, district.Role is null ? null : purpose);
        var session = _sessions.GetOrAdd(key, _ => new Entry(Create(district, purpose), now)).Session;

        // The clients are what is kept; the district is as the caller has just read it.
        return session with { District = district };
    }

    public void Dispose()
    {
        foreach (var client in _tokens.Values)
        {
            client.Dispose();
        }
    }

    /// <summary>The token service with our own credentials, for roles and for the question who we are.</summary>
    internal IAmazonSecurityTokenService Tokens(string? region = null) => _tokens.GetOrAdd(region ?? FallbackRegion, TokensIn);

    private AmazonSecurityTokenServiceClient TokensIn(string region)
    {
        // The call that needs the role tries again by itself, and with it this one: two loops would make sixteen tries of four.
        var config = Configured<AmazonSecurityTokenServiceConfig>(region);
        config.MaxErrorRetry = 0;
        return new AmazonSecurityTokenServiceClient(_own.Value, config);
    }

    private AwsSession Create(District district, SessionPurpose? purpose)
    {
        var credentials = district.Role is { } role
            ? new AssumedRoleCredentials(
                Tokens(district.Region), role, purpose ?? throw new ArgumentNullException(nameof(purpose), "A role is assumed for something."))
            : _own.Value;
        var once = Configured<AmazonECSConfig>(district.Region);
        once.MaxErrorRetry = 0;

        // Of its own: without it a connection that breaks is tried again up to ten times, whatever the other says.
        once.MaxStaleConnectionRetries = 0;
        return new AwsSession
        {
            District = district,
            CloudFormation = new AmazonCloudFormationClient(credentials, Configured<AmazonCloudFormationConfig>(district.Region)),
            Ecs = new AmazonECSClient(credentials, Configured<AmazonECSConfig>(district.Region)),
            EcsOnce = new AmazonECSClient(credentials, once),
            SecretsManager = new AmazonSecretsManagerClient(credentials, Configured<AmazonSecretsManagerConfig>(district.Region)),
            Ssm = new AmazonSimpleSystemsManagementClient(credentials, Configured<AmazonSimpleSystemsManagementConfig>(district.Region)),
            Logs = new AmazonCloudWatchLogsClient(credentials, Configured<AmazonCloudWatchLogsConfig>(district.Region)),
            LoadBalancing = new AmazonElasticLoadBalancingV2Client(credentials, Configured<AmazonElasticLoadBalancingV2Config>(district.Region)),
            Ec2 = new AmazonEC2Client(credentials, Configured<AmazonEC2Config>(district.Region)),
            S3 = new AmazonS3Client(credentials, Buckets(district.Region)),
            Route53 = Zones(credentials, district.Region),
            Ecr = new(credentials, _http.Client, Elsewhere),
            Sns = new(credentials, _http.Client, Elsewhere, district.Region),
        };
    }

    private Uri? Elsewhere => _options.ServiceUrl is { } url ? new(url) : null;

    private AmazonS3Config Buckets(string region)
    {
        var config = Configured<AmazonS3Config>(region);
        config.ForcePathStyle = _options.ServiceUrl is not null;

        // A template is read by CloudFormation, which checks what it gets; checksums of the SDK's own need trailers, which not every endpoint takes.
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return config;
    }

    private HostedZones Zones(AWSCredentials credentials, string region)
    {
        var (endpoint, signing) = HostedZones.Public(region);
        return new(credentials, _http.Client, _options.ServiceUrl is { } url ? new Uri(url) : endpoint, signing);
    }

    private T Configured<T>(string region) where T : ClientConfig, new()
    {
        var config = new T { HttpClientFactory = _http, RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries };
        if (_options.ServiceUrl is { } url)
        {
            // ServiceURL clears the region, and without one the SDK would sign for us-east-1.
            config.ServiceURL = url;
            config.AuthenticationRegion = region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, entry) in _sessions)
        {
            if (key.Purpose is not null && now - entry.Created > Lifetime)
            {
                // Not disposed: a run may still hold it, and it owns no sockets.
                _sessions.TryRemove(key, out _);
            }
        }
    }

    private sealed record SessionKey(string Account, string Region, AssumedRole? Role, SessionPurpose? Purpose);

    private sealed record Entry(AwsSession Session, DateTimeOffset Created);
}
