namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>What a route asks of its caller.</summary>
internal abstract record RestAccess
{
    private RestAccess()
    {
    }

    /// <summary>The App itself, by its signed token.</summary>
    public sealed record App : RestAccess;

    /// <summary>Either the App or an installation.</summary>
    public sealed record Anyone : RestAccess;

    /// <summary>An installation token with one of these permissions; for a repository's route it must cover the repository.</summary>
    public sealed record Token(bool Write, params string[] AnyOf) : RestAccess;

    public static RestAccess Read(params string[] anyOf) => new Token(Write: false, anyOf);

    public static RestAccess ToWrite(params string[] anyOf) => new Token(Write: true, anyOf);
}
