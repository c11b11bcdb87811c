using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Web;

/// <summary>The webhook's part of the settings below <c>GitHub__</c>. Read for each request, so that a secret can be changed while running.</summary>
public sealed class WebhookOptions
{
    public const string Section = "GitHub";

    [Required(ErrorMessage = "GitHub__WebhookSecret is missing: without it anybody could send us events.")]
    public string? WebhookSecret { get; set; }

    /// <summary>Still accepted while a new secret is being put in place.</summary>
    public string? PreviousWebhookSecret { get; set; }
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
