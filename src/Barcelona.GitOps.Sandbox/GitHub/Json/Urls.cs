using System.Globalization;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

/// <summary>Addresses in answers and payloads lead back to the sandbox.</summary>
internal sealed class Urls(Uri root)
{
    public string Api(string path) => new Uri(root, "api/").AbsoluteUri + path;

    public string Html(string path) => root.AbsoluteUri + path;

    public string Git(string fullName) => root.AbsoluteUri + $"git/{fullName}.git";

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
