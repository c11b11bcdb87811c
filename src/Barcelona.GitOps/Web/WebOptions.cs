using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Web;

/// <summary>Settings <c>Web__…</c>.</summary>
public sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>False: only <c>/healthz</c> and <c>/readyz</c> answer; the process is a worker.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where people reach this service: the links on checks and deployments. Empty: no links.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The page of a run. Its id is random, so that the address is the permission to see it.</summary>
    public Uri? RunUrl(string runId) => PublicUrl is { Length: > 0 } url ? new($"{url.TrimEnd('/')}/runs/{runId}") : null;
}

internal sealed class WebOptionsValidator : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options) =>
        options.PublicUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? ValidateOptionsResult.Fail($"Web__PublicUrl is '{url}': an absolute http or https address is expected.")
            : ValidateOptionsResult.Success;
}
