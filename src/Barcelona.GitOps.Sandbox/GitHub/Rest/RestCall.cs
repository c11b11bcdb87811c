using System.Globalization;
using Barcelona.GitOps.Sandbox.GitHub.Access;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>A request that found its route and may go there.</summary>
internal sealed class RestCall(SandboxGitHub github, HttpRequest request, IReadOnlyDictionary<string, string> route)
{
    private SandboxRepository? _repository;
    private InstallationToken? _token;

    public SandboxGitHub GitHub => github;

    public Urls Urls { get; } = new(github.PublicUrl);

    public required RestBody Body { get; init; }

    /// <summary>Whose budget the request is taken from.</summary>
    public required string Caller { get; init; }

    /// <summary>The content type to answer with where the caller asked for one of GitHub's media types, such as `application/vnd.github.v3.raw`
    /// or `application/vnd.github.raw+json`: it comes back as it was asked for.</summary>
    public string? Accepts(string media) => request.Headers.Accept.ToString().Split(',', StringSplitOptions.TrimEntries)
        .Where(type => type.Split('+', ';')[0].Split('.') is ["application/vnd", "github", .., var last] && last == media)
        .Select(type => $"{type.Split(';')[0]}; charset=utf-8").FirstOrDefault();

    /// <summary>Set for routes below `/repos/{owner}/{repo}`, once the caller was let in.</summary>
    public SandboxRepository Repository
    {
        get => _repository ?? throw new InvalidOperationException("This route has no repository.");
        set => _repository = value;
    }

    /// <summary>Set for routes that ask for an installation token.</summary>
    public InstallationToken Token
    {
        get => _token ?? throw new InvalidOperationException("This route asks for no token.");
        set => _token = value;
    }

    public string Route(string name) => route[name];

    public long RouteId(string name) => long.TryParse(route[name], CultureInfo.InvariantCulture, out var id) ? id : -1;

    public string? Query(string name) => request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public int QueryNumber(string name, int otherwise) =>
        int.TryParse(Query(name), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;

    /// <summary>The address of this request with another query, for links to pages.</summary>
    public string WithQuery(IEnumerable<KeyValuePair<string, string>> changes)
    {
        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        foreach (var (name, value) in changes)
            query[name] = value;
        var address = Urls.Html(request.Path.Value?.TrimStart('/') ?? "");
        return address + QueryString.Create(query.Select(q => KeyValuePair.Create(q.Key, (string?)q.Value)));
    }
}
