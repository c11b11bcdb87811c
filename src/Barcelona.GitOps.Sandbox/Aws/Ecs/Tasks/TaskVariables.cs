using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>The variables of a container with their values, as a program in it would find them: those of secrets too.</summary>
internal static partial class TaskVariables
{
    /// <summary><c>$NAME</c> is replaced as a shell would; what the container does not have is empty.</summary>
    public static string Expand(AwsRegion region, EcsContainer container, string line) =>
        Variable().Replace(line, match => Value(region, container, match.Groups[1].Value) ?? "");

    private static string? Value(AwsRegion region, EcsContainer container, string name) =>
        container.Definition.Objects("environment").FirstOrDefault(variable => variable.Text("name") == name)?.Text("value")
        ?? (container.Definition.Objects("secrets").FirstOrDefault(secret => secret.Text("name") == name)?.Text("valueFrom") is { } from
            ? Secret(region, from)
            : null);

    // arn:aws:secretsmanager:region:account:secret:name-suffix:json-key:stage:version; the key and the stage are not looked at.
    private static string? Secret(AwsRegion region, string from)
    {
        if (!from.StartsWith("arn:aws:secretsmanager:", StringComparison.Ordinal)) return region.Parameters.Value(from);
        var parts = from.Split(':');
        var secret = region.Secrets.Find(string.Join(':', parts.Take(7)));
        var version = parts is { Length: > 9 } && parts[9].Length > 0 ? parts[9] : null;
        return secret?.Versions.FindLast(known => version is null ? known.Stages.Contains("AWSCURRENT") : known.Id == version)?.Text;
    }

    [GeneratedRegex(@"\$([A-Z][A-Z0-9_]*)")]
    private static partial Regex Variable();
}
