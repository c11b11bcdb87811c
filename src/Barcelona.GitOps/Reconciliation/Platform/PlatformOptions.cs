using Barcelona.GitOps.Core.Names;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>Settings <c>Platform__…</c>: where the district files are. Exactly one of the two.</summary>
public sealed class PlatformOptions
{
    public const string Section = "Platform";

    /// <summary><c>owner/name</c>: read at the head of its default branch.</summary>
    public string? Repository { get; set; }

    /// <summary>A local folder of the same shape, read at every reconcile.</summary>
    public string? Directory { get; set; }
}

internal sealed class PlatformOptionsValidator : IValidateOptions<PlatformOptions>
{
    public ValidateOptionsResult Validate(string? name, PlatformOptions options)
    {
        if (string.IsNullOrEmpty(options.Repository) == string.IsNullOrEmpty(options.Directory))
        {
            return ValidateOptionsResult.Fail(
                "Set exactly one of Platform__Repository (owner/name of the repository with districts/*.yml) and Platform__Directory (a local "
                + "folder of the same shape).");
        }

        if (options.Repository is { Length: > 0 } repository && !RepositoryName.TryParse(repository, out _))
        {
            return ValidateOptionsResult.Fail($"Platform__Repository is '{repository}': owner/name is expected.");
        }

        return options.Directory is { Length: > 0 } directory && !System.IO.Directory.Exists(directory)
            ? ValidateOptionsResult.Fail($"Platform__Directory is '{directory}': there is no such folder.")
            : ValidateOptionsResult.Success;
    }
}
