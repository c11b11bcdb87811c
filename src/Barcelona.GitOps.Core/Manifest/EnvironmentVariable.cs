using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>A variable of the container. Exactly one kind of source; the list and the map form of the file give the same.</summary>
public abstract record EnvironmentVariable(Located<string> Name)
{
    /// <summary>A plain value, visible in the task definition.</summary>
    public sealed record Plain(Located<string> Name, string Value) : EnvironmentVariable(Name);

    /// <summary><c>value_from</c>: handed to ECS as it stands (an SSM name or ARN, a Secrets Manager ARN).</summary>
    public sealed record ValueFrom(Located<string> Name, Located<string> Source) : EnvironmentVariable(Name);

    /// <summary><c>ssm_path</c>: below <c>/barcelona/&lt;district&gt;/</c> unless it already begins with that folder.</summary>
    public sealed record SsmParameter(Located<string> Name, Located<string> Path) : EnvironmentVariable(Name);

    /// <summary><c>secret</c>: Secrets Manager <c>barcelona/&lt;district&gt;/&lt;path&gt;</c>; <paramref name="Field"/> picks a JSON field.</summary>
    public sealed record Secret(Located<string> Name, Located<string> Path, string? Field) : EnvironmentVariable(Name);
}
