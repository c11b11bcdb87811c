using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Reporting;

/// <summary>The part of the settings below <c>Web__</c> that checks and deployments are written with.</summary>
public sealed class PublicUrlOptions
{
    public const string Section = "Web";

    /// <summary>Where people reach this service. Empty: no links.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The page of a run. Its id is random, so that the address is the permission to see it.</summary>
    public Uri? RunUrl(string runId) => PublicUrl is { Length: > 0 } url ? new($"{url.TrimEnd('/')}/runs/{runId}") : null;
}

internal sealed class PublicUrlOptionsValidator : IValidateOptions<PublicUrlOptions>
{
    public ValidateOptionsResult Validate(string? name, PublicUrlOptions options) =>
        options.PublicUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? ValidateOptionsResult.Fail($"Web__PublicUrl is '{url}': an absolute http or https address is expected.")
            : ValidateOptionsResult.Success;
}
