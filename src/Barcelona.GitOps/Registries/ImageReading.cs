namespace Barcelona.GitOps.Registries;

/// <summary>What a registry says of a tag.</summary>
public abstract record ImageReading
{
    private ImageReading() { }

    /// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits, of the manifest or the index of several.</param>
    public sealed record Found(string Digest) : ImageReading;

    /// <summary>No such tag or repository; or none that it would show.</summary>
    public sealed record NotThere(string Answer) : ImageReading;

    /// <summary>It wants to be asked by somebody else, or with other credentials.</summary>
    public sealed record Denied(string Answer) : ImageReading;

    /// <summary>It cannot be reached, is broken or overloaded: ask again.</summary>
    /// <param name="RetryAfter">As it asked for; null: it did not say.</param>
    public sealed record Unavailable(string Answer, TimeSpan? RetryAfter) : ImageReading;
}
