using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.GitHub;

/// <summary>The GitHub App that this service is. Section <c>GitHub</c>; the webhook secrets belong to the endpoint that checks them.</summary>
public sealed class GitHubOptions : IValidatableObject
{
    public const string Section = "GitHub";

    /// <summary>The App's number, as its settings page shows it.</summary>
    [Required(ErrorMessage = "GitHub__AppId is missing: the App's number, as its settings page shows it.")]
    [RegularExpression("^[1-9][0-9]{0,17}$", ErrorMessage = "GitHub__AppId is not a number: the App ID is expected, not the client ID.")]
    public string AppId { get; set; } = "";

    /// <summary>The App's private key as PEM text. Line breaks may be written as <c>\n</c>, which is how many secret stores keep them.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>A file with the App's private key as PEM text.</summary>
    public string? PrivateKeyPath { get; set; }

    /// <summary>The root of the REST API, used as given: GitHub Enterprise Server has it at <c>https://host/api/v3/</c>.</summary>
    public string ApiUrl { get; set; } = "https://api.github.com/";

    /// <summary>Where a repository is cloned from; <c>{owner}</c> and <c>{repo}</c> are replaced.</summary>
    public string CloneUrl { get; set; } = "https://github.com/{owner}/{repo}.git";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSafeUrl(ApiUrl))
        {
            yield return new($"GitHub__ApiUrl is '{ApiUrl}': an absolute https URL is expected (plain http only on loopback).");
        }

        if (!IsSafeUrl(CloneUrl.Replace("{owner}", "o", StringComparison.Ordinal).Replace("{repo}", "r", StringComparison.Ordinal))
            || !CloneUrl.Contains("{repo}", StringComparison.Ordinal))
        {
            yield return new($"GitHub__CloneUrl is '{CloneUrl}': https with {{owner}} and {{repo}} is expected (plain http only on loopback).");
        }

        if (KeyProblem() is { } problem)
        {
            yield return new(problem);
        }
    }

    /// <summary>The base of all REST paths. Relative paths are appended, hence the closing slash.</summary>
    internal Uri ApiBase() => new(ApiUrl.EndsWith('/') ? ApiUrl : ApiUrl + "/");

    internal Uri CloneUrlOf(RepositoryName repository) => new(CloneUrl
        .Replace("{owner}", repository.Owner, StringComparison.Ordinal)
        .Replace("{repo}", repository.Name, StringComparison.Ordinal));

    /// <exception cref="ArgumentException">The text holds no key.</exception>
    internal RSA ReadKey()
    {
        var pem = string.IsNullOrWhiteSpace(PrivateKey)
            ? File.ReadAllText(PrivateKeyPath ?? "")
            : PrivateKey.Replace("\\n", "\n", StringComparison.Ordinal);
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private string? KeyProblem()
    {
        if (string.IsNullOrWhiteSpace(PrivateKey) == string.IsNullOrWhiteSpace(PrivateKeyPath))
        {
            return "Exactly one of GitHub__PrivateKey and GitHub__PrivateKeyPath is needed: the App's private key as PEM.";
        }

        var setting = string.IsNullOrWhiteSpace(PrivateKey) ? "GitHub__PrivateKeyPath" : "GitHub__PrivateKey";
        try
        {
            using var key = ReadKey();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // The exception may quote the text, and the text may be a key.
            return $"{setting} does not hold an RSA private key in PEM form (-----BEGIN RSA PRIVATE KEY----- …).";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"{setting} cannot be read: {e.Message}";
        }
    }

    // A token in clear text on a network is everybody's token.
    private static bool IsSafeUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
