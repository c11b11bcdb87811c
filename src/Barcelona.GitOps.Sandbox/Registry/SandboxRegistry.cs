using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Registry;

/// <summary>
/// All registries of the world on one URL, `/{host}/v2/…`, as far as a reader of manifests sees them. Every tag is there, as if it had been built
/// the moment it was pushed, unless somebody says otherwise. https://github.com/opencontainers/distribution-spec/blob/main/spec.md
/// </summary>
public sealed class SandboxRegistry
{
    private const string DockerHub = "docker.io", ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private static readonly RegistryRule Default = new RegistryRule.There();

    private readonly System.Threading.Lock _gate = new();
    private readonly List<(string Pattern, RegistryRule Rule)> _rules = [];
    private readonly ConcurrentDictionary<string, string> _names = new();
    private readonly ConcurrentQueue<RegistryRequest> _requests = new();
    private readonly RegistryDoor _door = new();

    /// <summary>Where this sandbox is reached, with a slash at its end. Set by the host once the port is known.</summary>
    public Uri PublicUrl { get; set; } = new("http://127.0.0.1/");

    public IReadOnlyList<RegistryRequest> Requests => [.. _requests];

    /// <summary>What was pushed, by digest and by tag, when it is first shown: ECS knows images by either.</summary>
    public event Action<string, string>? Shown;

    /// <param name="pattern">An image as in barcelona.yml with its tag, with `*` and `?`: `acme/shop:*`. The latest rule that fits wins.</param>
    public void Set(string pattern, RegistryRule rule)
    {
        lock (_gate) _rules.Add((pattern, rule));
    }

    /// <summary>It appears, or its tag moves.</summary>
    public void Push(string image, string content = "") => Set(image, new RegistryRule.There(content));

    public void Hold(string pattern) => Set(pattern, new RegistryRule.NotThere());

    public void RequireBasic(string host, string username, string password) => _door.RequireBasic(host, username, password);

    /// <param name="username">Null: anybody gets a token, as on Docker Hub.</param>
    public void RequireToken(string host, string? username = null, string password = "") => _door.RequireToken(host, username, password);

    /// <summary>What a deploy of the image names in its task definitions, as things are now.</summary>
    public string Deployed(string image)
    {
        var deployed = $"{image[..image.LastIndexOf(':')]}@{DigestOf(Manifest(image, (RuleOf(image) as RegistryRule.There)?.Content ?? ""))}";
        Show(deployed, image);
        return deployed;
    }

    /// <summary>Whatever is no digest of ours stays as it is.</summary>
    public string Readable(string deployed) => _names.GetValueOrDefault(deployed, deployed);

    public async Task HandleAsync(HttpContext context)
    {
        var parts = (context.Request.Path.Value ?? "").Trim('/').Split('/');
        var authorization = context.Request.Headers.Authorization.ToString();
        var image = "";
        if (parts is ["token", var realm])
            await AnswerTokenAsync(context, realm, authorization);
        else if (parts is [var host, "v2", .. var name, "manifests", var reference])
        {
            image = ImageOf(host, string.Join('/', name), reference);
            await AnswerManifestAsync(context, image, _door.Challenge(host, authorization, (PublicUrl, string.Join('/', name))));
        }
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        var asked = parts is ["token", var of] ? of : parts[0];
        _requests.Enqueue(new(context.Request.Method, asked, image, authorization.Split(' ')[0], context.Response.StatusCode));
    }

    private async Task AnswerTokenAsync(HttpContext context, string host, string authorization)
    {
        if (_door.Token(host, authorization) is { } token) await WriteAsync(context, 200, "application/json", token.ToJsonString());
        else await ErrorAsync(context, 401, "UNAUTHORIZED");
    }

    private async Task AnswerManifestAsync(HttpContext context, string image, string? challenge)
    {
        if (challenge is not null)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            await ErrorAsync(context, 401, "UNAUTHORIZED");
            return;
        }
        // By digest there is what was shown before.
        var tagged = Readable(image);
        switch (image.Contains('@', StringComparison.Ordinal) && tagged == image ? new RegistryRule.NotThere() : RuleOf(tagged))
        {
            case RegistryRule.There(var content):
                var manifest = Manifest(tagged, content);
                var digest = DigestOf(manifest);
                Show($"{tagged[..tagged.LastIndexOf(':')]}@{digest}", tagged);
                context.Response.Headers["Docker-Content-Digest"] = digest;
                await WriteAsync(context, 200, ManifestType, manifest);
                break;
            case RegistryRule.Denied:
                await ErrorAsync(context, 403, "DENIED");
                break;
            case RegistryRule.Broken(var status, var after):
                if (after is { } wait) context.Response.Headers.RetryAfter = $"{wait.TotalSeconds:0}";
                await ErrorAsync(context, status, status == 429 ? "TOOMANYREQUESTS" : "UNKNOWN");
                break;
            default:
                await ErrorAsync(context, 404, "MANIFEST_UNKNOWN");
                break;
        }
    }

    private RegistryRule RuleOf(string image)
    {
        lock (_gate)
        {
            var fitting = _rules.FindLast(rule => FileSystemName.MatchesSimpleExpression(rule.Pattern, image, ignoreCase: false));
            return fitting.Rule ?? Default;
        }
    }

    private void Show(string byDigest, string byTag)
    {
        if (_names.TryAdd(byDigest, byTag)) Shown?.Invoke(byDigest, byTag);
    }

    private static string ImageOf(string host, string repository, string reference)
    {
        var name = host != DockerHub ? $"{host}/{repository}"
            : repository.StartsWith("library/", StringComparison.Ordinal) ? repository["library/".Length..]
            : repository;
        return reference.StartsWith("sha256:", StringComparison.Ordinal) ? $"{name}@{reference}" : $"{name}:{reference}";
    }

    /// <summary>Of its own for each image, tag and content, and the same again in another sandbox.</summary>
    private static string Manifest(string image, string content) => new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ManifestType,
        ["config"] = new JsonObject
        {
            ["mediaType"] = "application/vnd.oci.image.config.v1+json",
            ["digest"] = DigestOf($"{image} {content}"),
            ["size"] = 2,
        },
        ["layers"] = new JsonArray(),
    }.ToJsonString();

    private static string DigestOf(string content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static Task ErrorAsync(HttpContext context, int status, string code)
    {
        var errors = new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = code.ToLowerInvariant() }) };
        return WriteAsync(context, status, "application/json", errors.ToJsonString());
    }

    private static async Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
