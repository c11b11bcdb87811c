using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>Lists by page, with the Link header that leads on.
/// https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api</summary>
internal static class RestPaging
{
    private const int DefaultSize = 30;
    private const int LargestSize = 100;

    /// <summary>A bare array.</summary>
    public static RestAnswer Page<T>(RestCall call, IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var (items, link) = Cut(call, all, shape);
        return RestAnswer.Ok(items) with { Link = link };
    }

    /// <summary>An object with the total and the items under a name.</summary>
    public static RestAnswer Counted<T>(RestCall call, string name, IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var (items, link) = Cut(call, all, shape);
        return RestAnswer.Ok(new JsonObject { ["total_count"] = all.Count, [name] = items }) with { Link = link };
    }

    public static int Size(RestCall call) => Math.Min(call.QueryNumber("per_page", DefaultSize), LargestSize);

    private static (JsonArray Items, string? Link) Cut<T>(RestCall call, IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var (size, page) = (Size(call), call.QueryNumber("page", 1));
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        var links = new List<string>();
        if (page > 1)
        {
            links.Add(Link(call, page - 1, "prev"));
            links.Add(Link(call, 1, "first"));
        }
        if (page < pages)
        {
            links.Add(Link(call, page + 1, "next"));
            links.Add(Link(call, pages, "last"));
        }
        return (new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]), links.Count == 0 ? null : string.Join(", ", links));
    }

    private static string Link(RestCall call, int page, string relation) =>
        $"<{call.WithQuery([KeyValuePair.Create("page", page.ToString(CultureInfo.InvariantCulture))])}>; rel=\"{relation}\"";
}
