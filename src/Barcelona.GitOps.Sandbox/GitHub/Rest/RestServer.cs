using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Barcelona.GitOps.Sandbox.GitHub.Access;
using Barcelona.GitOps.Sandbox.GitHub.Endpoints;
using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>Takes a REST request through: log, fault, route, caller, budget, handler, entity tag, answer.</summary>
internal sealed class RestServer
{
    private readonly SandboxGitHub _github;
    private readonly RestGate _gate;
    private readonly RestLimits _limits;
    private readonly RestRoutes _routes = new();

    public RestServer(SandboxGitHub github, AppJwt jwt)
    {
        _github = github;
        _gate = new RestGate(github, jwt);
        _limits = new RestLimits(github.Options);
        AppEndpoints.Map(_routes, _limits);
        DeliveryEndpoints.Map(_routes);
        RepositoryEndpoints.Map(_routes);
        GitEndpoints.Map(_routes);
        CommitEndpoints.Map(_routes);
        CheckEndpoints.Map(_routes);
        DeploymentEndpoints.Map(_routes);
        CommentEndpoints.Map(_routes);
        PullRequestEndpoints.Map(_routes);
    }

    public async Task HandleAsync(HttpContext context, string path)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var entry = new GitHubRequest
        {
            At = _github.Now,
            Method = request.Method,
            Path = path,
            Query = request.QueryString.Value ?? "",
            ContentType = request.ContentType,
            Body = body,
        };
        var fault = _github.Faults.Down ? new Fault.Status(0) : _github.Faults.Next(request.Method, path);
        if (fault is Fault.TimeOut)
            await NeverAsync(context.RequestAborted);
        if (fault is Fault.TimeOut or Fault.Status { Code: 0 })
        {
            _github.Requests.Add(entry);
            context.Abort();
            return;
        }
        var caller = _gate.Identify(request.Headers.Authorization.ToString());
        var answer = RestFaults.Answer(fault, _github.Now) ?? Handle(context, path, body, caller);
        answer = Conditional(answer, request, caller);
        var bytes = Bytes(answer);
        _github.Requests.Add(entry with
        {
            StatusCode = fault is Fault.LostResponse ? 0 : answer.Status,
            ResponseContentType = bytes.Length == 0 ? null : answer.ContentType,
            ResponseBody = Encoding.UTF8.GetString(bytes),
            TokenRepository = caller.Token?.Scope,
            TokenPermissions = caller.Token?.Permissions ?? new Dictionary<string, string>(),
        });
        if (fault is Fault.LostResponse)
            context.Abort();
        else
            await WriteAsync(context.Response, answer, bytes, caller);
    }

    private RestAnswer Handle(HttpContext context, string path, string body, RestCaller caller)
    {
        if (caller.Refusal is not null)
            return RestAnswer.Refused(401, caller.Refusal);
        // Asking how much is left costs nothing.
        if (path != "/rate_limit" && !_limits.Take(caller.Key))
            return RestAnswer.Refused(403, $"API rate limit exceeded for {caller.Key}.");
        if (_routes.Find(context.Request.Method, path) is not var (route, values))
            return RestAnswer.NotFound;
        if (Parse(body) is not { } json)
            return RestAnswer.Refused(400, "Problems parsing JSON");
        var call = new RestCall(_github, context.Request, values) { Body = new RestBody(json), Caller = caller.Key };
        return _gate.Refuse(route.Access, call, caller, values) ?? route.Handle(call);
    }

    /// <summary>A GET that answers the same as last time is answered by 304 and costs nothing.</summary>
    private RestAnswer Conditional(RestAnswer answer, HttpRequest request, RestCaller caller)
    {
        if (request.Method != "GET" || answer.Status != 200)
            return answer;
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Bytes(answer)))}\"";
        var headers = new Dictionary<string, string>(answer.Headers) { ["ETag"] = tag, ["Cache-Control"] = "private, max-age=60, s-maxage=60" };
        if (request.Headers.IfNoneMatch.ToString() != tag)
            return answer with { Headers = headers };
        _limits.GiveBack(caller.Key);
        return new RestAnswer(304) { Headers = headers };
    }

    private async Task WriteAsync(HttpResponse response, RestAnswer answer, byte[] bytes, RestCaller caller)
    {
        var (used, remaining, reset) = _limits.Look(caller.Key);
        response.StatusCode = answer.Status;
        response.Headers["X-GitHub-Request-Id"] = Guid.NewGuid().ToString("N");
        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.Headers["X-RateLimit-Limit"] = _github.Options.RequestsPerHour.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Used"] = used.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Resource"] = "core";
        response.Headers.Date = _github.Now.ToString("R", CultureInfo.InvariantCulture);
        if (answer.Link is not null)
            response.Headers.Link = answer.Link;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        if (bytes.Length == 0)
            return;
        response.ContentType = answer.ContentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }

    private static byte[] Bytes(RestAnswer answer) => answer.Raw ?? (answer.Json is { } json ? Encoding.UTF8.GetBytes(json.ToJsonString()) : []);

    private static JsonElement? Parse(string body)
    {
        if (body.Length == 0)
            return default(JsonElement);
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task NeverAsync(CancellationToken aborted)
    {
        var never = new TaskCompletionSource();
        await using var registration = aborted.Register(never.SetResult);
        await never.Task;
    }
}
