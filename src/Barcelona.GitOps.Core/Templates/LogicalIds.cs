using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>
/// Logical ids of templates: letters and digits only, readable, and never the same for two different names. A name in lower case keeps its
/// words (<c>web-api</c> is <c>WebApi</c>, <c>web-2</c> is <c>WebN2</c>); any other, and what could be mistaken for one of these, gets a hash
/// and begins in lower case, where no readable one does.
/// </summary>
public static partial class LogicalIds
{
    public static string Service(string service) => "Service" + Of(service);

    public static string TaskDefinition(string service) => "TaskDefinition" + Of(service);

    public static string Schedule(string task) => "Schedule" + Of(task);

    public static string Scaling(string service) => "Scaling" + Of(service);

    public static string CpuPolicy(string service) => "CpuPolicy" + Of(service);

    public static string MemoryPolicy(string service) => "MemoryPolicy" + Of(service);

    public static string RequestsPolicy(string slot) => "RequestsPolicy" + OfSlot(slot);

    public static string TargetGroup(string slot) => "TargetGroup" + OfSlot(slot);

    public static string HttpRule(string slot) => "HttpRule" + OfSlot(slot);

    public static string HttpsRule(string slot) => "HttpsRule" + OfSlot(slot);

    /// <summary>The app stack's parameter that keeps a listener's priority from one release to the next.</summary>
    /// <param name="slot">As made by <see cref="RuleSlot"/>.</param>
    public static string Priority(string slot) => "Priority" + OfSlot(slot);

    public static string HttpListener(string endpoint) => "HttpListener" + Of(endpoint);

    public static string HttpsListener(string endpoint) => "HttpsListener" + Of(endpoint);

    /// <param name="team"><c>org/team</c>: <c>acme/ops</c> is <c>OpsAtAcme</c>.</param>
    public static string Team(string team) => OfSlot(string.Join('/', team.Split('/').Reverse()));

    /// <param name="kind">Ends so that nothing which a service's name begins with could belong to it.</param>
    public static string OfService(string kind, string service) => kind + Of(service);

    private static string Of(string name) => IsReadable(name) ? Pascal(name) : Hashed(name);

    /// <summary><c>web/demo-endpoint/1</c> is <c>WebAtDemoEndpointNo1</c>, unless a name has one of the joining words in it.</summary>
    private static string OfSlot(string slot)
    {
        var parts = slot.Split('/');
        if (!parts.Take(2).All(p => IsReadable(p) && !p.Split('-').Any(IsJoiningWord)))
        {
            return Hashed(slot);
        }

        return $"{Pascal(parts[0])}At{Pascal(parts[1])}" + (parts.Length == 2 ? "" : "No" + parts[2]);
    }

    private static bool IsJoiningWord(string word) =>
        word == "at" || (word.StartsWith("no", StringComparison.Ordinal) && word.Skip(2).All(char.IsAsciiDigit));

    private static bool IsReadable(string name) => LowerCase().IsMatch(name) && !name.Split('-').Any(w => w is ['n', >= '0' and <= '9', ..]);

    private static string Pascal(string name) =>
        string.Concat(name.Split('-').Select(w => char.IsAsciiDigit(w[0]) ? "N" + w : char.ToUpperInvariant(w[0]) + w[1..]));

    private static string Hashed(string name) =>
        "n" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8] + string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LowerCase();
}
