using System.Text.RegularExpressions;
using System.Web;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

internal enum CallFate { Made, NeverMade, NeverAnswered }

/// <summary>A call on its way out of a process.</summary>
/// <param name="What">AWS: the operation; else method and path.</param>
/// <param name="On">AWS: the stack or family that it is about; else empty.</param>
internal sealed partial record OutgoingCall(Outside Side, string What, bool IsWrite, string On)
{
    private string Body { get; init; } = "";

    /// <summary>Who asks again with the same one asks for nothing new.</summary>
    public string? Token => HttpUtility.ParseQueryString(Body)["ClientRequestToken"];

    /// <summary>Of a stack that is made or changed: what its parameter is to be.</summary>
    public string? ParameterOf(string name)
    {
        var fields = HttpUtility.ParseQueryString(Body);
        var key = fields.AllKeys.FirstOrDefault(k => k?.EndsWith(".ParameterKey", StringComparison.Ordinal) is true && fields[k] == name);
        return key is null ? null : fields[key.Replace(".ParameterKey", ".ParameterValue", StringComparison.Ordinal)];
    }

    public static async Task<OutgoingCall> OfAsync(Outside side, HttpRequestMessage request)
    {
        if (side != Outside.Aws)
        {
            return new(side, $"{request.Method} {request.RequestUri?.AbsolutePath}", side == Outside.GitHub && request.Method != HttpMethod.Get, "");
        }

        var isJson = request.Headers.TryGetValues("X-Amz-Target", out var target);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        var operation = isJson ? string.Concat(target ?? []).Split('.')[^1] : Action().Match(body).Groups[1].Value;
        var isWrite = !Reading().IsMatch(operation);
        var on = isWrite ? (isJson ? Family().Match(body) : StackName().Match(body)).Groups[1].Value : "";
        return new(side, operation, isWrite, NameOf(Uri.UnescapeDataString(on))) { Body = isWrite ? body : "" };
    }

    // A stack is also named by its ARN: …:stack/NAME/ID.
    private static string NameOf(string stack) => stack.StartsWith("arn:", StringComparison.Ordinal) ? stack.Split('/')[1] : stack;

    [GeneratedRegex("(?:^|&)Action=([A-Za-z]+)")]
    private static partial Regex Action();

    [GeneratedRegex("(?:^|&)StackName=([^&]+)")]
    private static partial Regex StackName();

    [GeneratedRegex("\"(?:family|taskDefinition)\":\"([^\"]+)\"")]
    private static partial Regex Family();

    [GeneratedRegex("^(Describe|List|Get|BatchGet|Validate|AssumeRole|StartQuery|Head)")]
    private static partial Regex Reading();
}
