namespace Barcelona.GitOps.Git;

/// <summary>A repository and the right to read it.</summary>
/// <param name="CloneUrl">https, or http on loopback; without credentials in it.</param>
/// <param name="Token">Given to that host and to nobody else; null for what everybody may read.</param>
public sealed record GitAccess(Uri CloneUrl, string? Token)
{
    /// <summary>Without the token, so that the value may be logged.</summary>
    public override string ToString() => CloneUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
