namespace Barcelona.GitOps.Core.Names;

/// <summary>
/// The family of a service's or a scheduled task's definitions, <c>&lt;district&gt;--&lt;heritage&gt;--&lt;service&gt;</c>; as injective as a stack's name.
/// </summary>
public static class TaskFamily
{
    /// <summary>ECS's limit, in characters.</summary>
    private const int MaxLength = 255;

    /// <summary>What every family of the heritage fits. Cut or not, the first two parts always stand.</summary>
    public static string PatternOf(string district, string heritage) => $"{district}--{heritage}--*";

    public static string Of(string district, string heritage, string service) => StackNaming.Join(MaxLength, district, heritage, service);
}
