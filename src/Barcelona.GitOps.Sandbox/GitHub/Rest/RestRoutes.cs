using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

internal sealed record RestRoute(string Method, Regex Pattern, RestAccess Access, Func<RestCall, RestAnswer> Handle);

/// <summary>The table of operations. Parameters that hold a ref or a path may contain slashes.</summary>
internal sealed partial class RestRoutes
{
    private static readonly HashSet<string> WithSlashes = ["ref", "path", "branch", "basehead"];

    private readonly List<(int Literals, RestRoute Route)> _routes = [];

    public RestRoutes Get(string template, RestAccess access, Func<RestCall, RestAnswer> handle) => Add("GET", template, access, handle);

    public RestRoutes Post(string template, RestAccess access, Func<RestCall, RestAnswer> handle) => Add("POST", template, access, handle);

    public RestRoutes Patch(string template, RestAccess access, Func<RestCall, RestAnswer> handle) => Add("PATCH", template, access, handle);

    public RestRoutes Delete(string template, RestAccess access, Func<RestCall, RestAnswer> handle) => Add("DELETE", template, access, handle);

    public (RestRoute Route, IReadOnlyDictionary<string, string> Values)? Find(string method, string path)
    {
        foreach (var (_, route) in _routes)
        {
            if (route.Method != method || route.Pattern.Match(path) is not { Success: true } match)
                continue;
            return (route, match.Groups.Values.Skip(1).ToDictionary(g => g.Name, g => Uri.UnescapeDataString(g.Value)));
        }
        return null;
    }

    private RestRoutes Add(string method, string template, RestAccess access, Func<RestCall, RestAnswer> handle)
    {
        var pattern = Parameter().Replace(template, p => $"(?<{p.Groups[1]}>{(WithSlashes.Contains(p.Groups[1].Value) ? ".+" : "[^/]+")})");
        var literals = template.Split('/').Count(s => !s.StartsWith('{'));
        _routes.Add((literals, new RestRoute(method, new Regex($"^{pattern}$", RegexOptions.CultureInvariant), access, handle)));
        // `commits/{ref}/check-runs` before `commits/{ref}`: what says more is tried first.
        _routes.Sort((a, b) => b.Literals.CompareTo(a.Literals));
        return this;
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Parameter();
}
