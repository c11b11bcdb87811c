namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>With what a registry is asked. Its password is in no text that is made of it.</summary>
/// <param name="from">For people: where it comes from.</param>
public sealed class RegistryLogin(string username, string password, string from)
{
    public string Username => username;

    public string From => from;

    public string RevealPassword() => password;

    public override string ToString() => $"credentials of {from}";
}
