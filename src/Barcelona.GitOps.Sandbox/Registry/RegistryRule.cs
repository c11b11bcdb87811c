namespace Barcelona.GitOps.Sandbox.Registry;

/// <summary>What a registry does about an image.</summary>
public abstract record RegistryRule
{
    /// <summary>The tag is there; another content is another digest.</summary>
    public sealed record There(string Content = "") : RegistryRule;

    /// <summary>404, as long as nobody has pushed it.</summary>
    public sealed record NotThere : RegistryRule;

    /// <summary>403 for everybody, whatever the credentials.</summary>
    public sealed record Denied : RegistryRule;

    /// <summary>429 or 5xx.</summary>
    public sealed record Broken(int Status, TimeSpan? RetryAfter = null) : RegistryRule;
}
