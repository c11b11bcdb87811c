using System.Globalization;
using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

internal static class RestFaults
{
    /// <summary>Null: the request is handled after all.</summary>
    public static RestAnswer? Answer(Fault? fault, DateTimeOffset now) => fault switch
    {
        Fault.Status(var code) => RestAnswer.Refused(code, "Server Error"),
        Fault.PrimaryRateLimit(var reset, var code) => RestAnswer.Refused(code, "API rate limit exceeded for installation.") with
        {
            Headers = new Dictionary<string, string>
            {
                ["X-RateLimit-Remaining"] = "0",
                ["X-RateLimit-Reset"] = (now + reset).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
        },
        Fault.SecondaryRateLimit(var after, var code) =>
            RestAnswer.Refused(code, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.") with
            {
                Headers = new Dictionary<string, string> { ["Retry-After"] = ((int)after.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
            },
        _ => null,
    };
}
