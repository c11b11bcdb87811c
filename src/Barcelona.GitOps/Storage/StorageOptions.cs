using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Storage;

/// <summary>Settings below <c>Storage__</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary><c>Host=…</c> is PostgreSQL, <c>Data Source=…</c> a SQLite file. Absent: a SQLite file in the user's data folder.</summary>
    public string? ConnectionString { get; set; }

    internal bool IsPostgreSql => Has("Host");

    /// <summary>What the settings mean: given, or the default file.</summary>
    internal string EffectiveConnectionString =>
        string.IsNullOrWhiteSpace(ConnectionString) ? $"Data Source={DefaultFile()}" : ConnectionString;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
            yield break;

        // The value itself is not repeated: it may hold a password.
        if (!IsPostgreSql && !Has("Data Source"))
            yield return Refused("starts neither with 'Host=' (PostgreSQL) nor with 'Data Source=' (a SQLite file).");
        else if (ConnectionString.Contains(":memory:", StringComparison.OrdinalIgnoreCase) || Has("Mode", "Memory"))
            yield return Refused("names an in-memory database: acknowledged deliveries must survive a restart, so give a file.");
    }

    private static ValidationResult Refused(string why) => new($"Storage__ConnectionString {why}", [nameof(ConnectionString)]);

    private static string DefaultFile()
    {
        // Empty in a container whose user has no home directory: then the working directory.
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(data.Length == 0 ? Environment.CurrentDirectory : data, "barcelona-gitops", "barcelona.db");
    }

    /// <param name="value">Null: any.</param>
    private bool Has(string key, string? value = null)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = ConnectionString }.TryGetValue(key, out var found)
                && (value is null || value.Equals(found.ToString(), StringComparison.OrdinalIgnoreCase));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
