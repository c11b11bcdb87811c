namespace Barcelona.GitOps.GitHub;

/// <summary>Under which name the App acts. Known as soon as GitHub was asked once (<see cref="AppClient.DescribeAsync"/>); empty before.</summary>
public sealed class AppIdentity
{
    private volatile string _login = "";

    /// <summary>The sender of what we caused ourselves, such as <c>barcelona[bot]</c>.</summary>
    public string Login => _login;

    internal void Know(string slug) => _login = $"{slug}[bot]";

    internal bool Is(string? login) => _login.Length > 0 && string.Equals(login, _login, StringComparison.OrdinalIgnoreCase);
}
