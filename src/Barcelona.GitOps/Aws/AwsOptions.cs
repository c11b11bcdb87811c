using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Aws;

/// <summary>Settings below <c>Aws</c>. Everything else of AWS comes from the ordinary credential chain and from the districts.</summary>
public sealed class AwsOptions
{
    public const string Section = "Aws";

    /// <summary>Another endpoint for all of AWS: <c>http://127.0.0.1:4566</c>. Null: the public endpoints of the district's region.</summary>
    [Url(ErrorMessage = "Aws__ServiceUrl must be an absolute http or https URL.")]
    public string? ServiceUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class AwsOptionsValidator : IValidateOptions<AwsOptions>;
