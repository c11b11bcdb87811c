using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Buckets;
using Barcelona.GitOps.Sandbox.Aws.Calls;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation;
using Barcelona.GitOps.Sandbox.Aws.Dns;
using Barcelona.GitOps.Sandbox.Aws.Ec2;
using Barcelona.GitOps.Sandbox.Aws.Ecs;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Logs;
using Barcelona.GitOps.Sandbox.Aws.Parameters;
using Barcelona.GitOps.Sandbox.Aws.Secrets;
using Barcelona.GitOps.Sandbox.Aws.Tokens;
using Barcelona.GitOps.Sandbox.Aws.Topics;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>
/// An AWS small enough to read, on one URL for all services. Its state moves when it is looked at, as far as the clock has come.
/// Signatures are not checked: a call is told its account and region by the credential that it names.
/// </summary>
public sealed partial class SandboxAws
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, AwsOperation>> Services = new()
    {
        ["cloudformation"] = CloudFormationService.Operations,
        ["ec2"] = Ec2Api.Operations,
        ["ecr"] = EcrApi.Operations,
        ["ecs"] = EcsApi.Operations,
        ["elasticloadbalancing"] = BalancerApi.Operations,
        ["logs"] = LogApi.Operations,
        ["route53"] = HostedZoneApi.Operations,
        ["s3"] = BucketApi.Operations,
        ["secretsmanager"] = SecretApi.Operations,
        ["ssm"] = ParameterService.Operations,
        ["sns"] = TopicApi.Operations,
        ["sts"] = TokenApi.Operations,
    };

    private readonly Lock _lock = new();
    private readonly SandboxAwsOptions _options;
    private readonly AwsSurroundings _surroundings;
    private readonly Dictionary<AwsPlace, AwsRegion> _regions = [];

    public SandboxAws(SandboxAwsOptions options)
    {
        _options = options;
        _surroundings = new AwsSurroundings { Timeline = new Timeline(options.Clock), Timings = options.Timings, Faults = Faults, Images = Images };
    }

    public AwsCallLog Calls { get; } = new();

    public FaultRules Faults { get; } = new();

    public ImageBehaviours Images { get; } = new();

    /// <summary>The request delegate: map it to every path of an endpoint of its own.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        AwsRequest request;
        try
        {
            request = await AwsRequestReader.ReadAsync(context);
        }
        catch (AwsErrorException e)
        {
            await AwsAnswerWriter.WriteErrorAsync(context, WireProtocol.Json, e);
            return;
        }
        var fault = Faults.ForCall(request.Service, request.Operation, request.Parameters);
        switch (fault)
        {
            case Fault.TimeOut:
                Record(request, statusCode: 0, errorCode: "TimeOut");
                await Task.Delay(Timeout.InfiniteTimeSpan, _options.Clock, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case Fault.Throttle:
                await RefuseAsync(context, request, Throttling.Of(request.Service));
                return;
            case Fault.Answer answer:
                await RefuseAsync(context, request, new AwsErrorException(answer.Code, answer.Message, answer.Status));
                return;
            default:
                await AnswerAsync(context, request, isLost: fault is Fault.LostResponse);
                return;
        }
    }

    /// <summary>Moves everything on to the clock's time without a call.</summary>
    public void Advance()
    {
        lock (_lock) _surroundings.Timeline.Advance();
    }

    private async Task AnswerAsync(HttpContext context, AwsRequest request, bool isLost)
    {
        try
        {
            var answer = Perform(request);
            Record(request, isLost ? 0 : 200, isLost ? "LostResponse" : null);
            if (isLost) context.Abort();
            else await AwsAnswerWriter.WriteAsync(context, request, answer);
        }
        catch (AwsErrorException e)
        {
            await RefuseAsync(context, request, e);
        }
    }

    private JsonObject Perform(AwsRequest request)
    {
        if (!Services.TryGetValue(request.Service, out var operations) || !operations.TryGetValue(request.Operation, out var operation))
            throw new AwsErrorException("UnknownOperationException", $"The sandbox has no operation {request.Service}:{request.Operation}.");
        lock (_lock)
        {
            _surroundings.Timeline.Advance();
            _surroundings.Sessions.Caller = request.Scope.AccessKey;
            var answer = operation(Region(PlaceOf(request)), request.Parameters.Copy());
            // What begins with no delay has begun when the answer is sent.
            _surroundings.Timeline.Advance();
            return answer;
        }
    }

    private async Task RefuseAsync(HttpContext context, AwsRequest request, AwsErrorException error)
    {
        Record(request, error.Status, error.Code);
        await AwsAnswerWriter.WriteErrorAsync(context, request.Protocol, error);
    }

    private void Record(AwsRequest request, int statusCode, string? errorCode)
    {
        var place = PlaceOf(request);
        Calls.Add(new AwsCall
        {
            Service = request.Service,
            Operation = request.Operation,
            IsWrite = AwsCallLog.Writing(request.Operation),
            Request = request.Parameters,
            AccountId = place.AccountId,
            Region = place.Region,
            RoleArn = _surroundings.Sessions.Find(request.Scope.AccessKey)?.RoleArn,
            StatusCode = statusCode,
            ErrorCode = errorCode,
            At = _options.Clock.GetUtcNow(),
        });
    }

    private AwsPlace PlaceOf(AwsRequest request) => new(
        _surroundings.Sessions.Find(request.Scope.AccessKey)?.AccountId ?? _options.AccountId,
        request.Scope.Region ?? _options.Region);

    private AwsRegion Region(AwsPlace place)
    {
        if (!_regions.TryGetValue(place, out var region))
            _regions[place] = region = new AwsRegion(place, new MachineImages(place.Region), _surroundings);
        return region;
    }
}
