using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>Cuts a list into pages; the token is the place where the next one begins.</summary>
internal static class Pages
{
    /// <summary>The page that the request asks for; tokens are called NextToken, or nextToken in services that write small.</summary>
    public static JsonObject Cut(JsonObject request, IReadOnlyList<JsonNode> items, string list, int size)
    {
        var tokenName = char.IsLower(list[0]) ? "nextToken" : "NextToken";
        var start = Start(request.Text(tokenName));
        var answer = new JsonObject { [list] = new JsonArray([.. items.Skip(start).Take(size)]) };
        if (start + size < items.Count) answer[tokenName] = (start + size).ToString(CultureInfo.InvariantCulture);
        return answer;
    }

    public static int Start(string? token)
    {
        if (token is null) return 0;
        return int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
            : throw new AwsErrorException("InvalidParameterException", "The specified nextToken is invalid.");
    }
}
