namespace Barcelona.GitOps.Core.Reports.Notifications;

/// <summary>The address of an incoming webhook: whoever knows it may post there. It is in no text that is made of it.</summary>
public sealed class WebhookAddress
{
    private const int Longest = 2048;

    private readonly Uri _url;

    private WebhookAddress(Uri url) => _url = url;

    /// <summary>For the request alone.</summary>
    public Uri Reveal() => _url;

    /// <returns>Null: that is no address, or holds credentials beside it.</returns>
    public static WebhookAddress? Parse(string text) =>
        text.Length <= Longest && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0 && url.Host.Length > 0
            ? new(url)
            : null;

    public override string ToString() => "the address of a webhook";
}
