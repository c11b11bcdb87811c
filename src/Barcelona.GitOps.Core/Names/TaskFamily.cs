namespace Barcelona.GitOps.Core.Names;

/// <summary>
/// The family of the definitions of a service, a scheduled task or a one-off, <c>&lt;district&gt;--&lt;heritage&gt;--&lt;name&gt;</c>; as injective as
/// a stack's name.
/// </summary>
public static class TaskFamily
{
    /// <summary>ECS's limit, in characters.</summary>
    private const int MaxLength = 255;

    /// <summary>What every family of the heritage fits. Cut or not, the first two parts always stand.</summary>
    public static string PatternOf(string district, string heritage) => $"{district}--{heritage}--*";

    /// <summary>What every family of the district fits, and none of another's: no name holds <c>--</c>.</summary>
    public static string PatternOf(string district) => $"{district}--*";

    public static string Of(string district, string heritage, string service) => StackNaming.Join(MaxLength, district, heritage, service);
}
