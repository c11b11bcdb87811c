using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Slack;

/// <summary>Settings <c>Slack__…</c>.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>
    /// A server that understands Slack's incoming webhooks and is in a private network, or speaks plain http: <c>https://chat.internal:8443</c>.
    /// Null: webhooks are reached by https and in the public internet only.
    /// </summary>
    public string? InternalUrl { get; set; }

    internal bool IsInternal(Uri url) =>
        InternalUrl is { Length: > 0 } known && Uri.TryCreate(known, UriKind.Absolute, out var server)
        && server.GetLeftPart(UriPartial.Authority).Equals(url.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

internal sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
        options.InternalUrl is { Length: > 0 } url
        && !(Uri.TryCreate(url, UriKind.Absolute, out var server) && server.Scheme is "http" or "https" && server.AbsolutePath == "/"
            && server.UserInfo.Length == 0)
            ? ValidateOptionsResult.Fail("Slack__InternalUrl must be an absolute http or https address of a server, without a path.")
            : ValidateOptionsResult.Success;
}
