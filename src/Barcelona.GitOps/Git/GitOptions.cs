using System.ComponentModel.DataAnnotations;

namespace Barcelona.GitOps.Git;

/// <summary>Section <c>Git</c>; nothing has to be set.</summary>
public sealed class GitOptions : IValidatableObject
{
    public const string Section = "Git";

    /// <summary>Where mirrors are kept. Only a cache: it may be emptied whenever the service is not running.</summary>
    public string CacheDirectory { get; set; } = Path.Combine(Path.GetTempPath(), $"barcelona-git-{Environment.UserName}");

    /// <summary>For one conversation with a remote, a first clone included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(3);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Path.IsPathFullyQualified(CacheDirectory))
        {
            yield return new($"Git__CacheDirectory is '{CacheDirectory}': an absolute path is expected.");
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromHours(1))
        {
            yield return new($"Git__Timeout is '{Timeout}': between a second and an hour is expected, such as 00:03:00.");
        }
    }
}
