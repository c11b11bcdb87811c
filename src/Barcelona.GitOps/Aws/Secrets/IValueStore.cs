namespace Barcelona.GitOps.Aws.Secrets;

/// <summary>Where a district keeps values that containers get at their start. Nothing here ever reads one.</summary>
public interface IValueStore
{
    /// <summary>How barcelona.yml refers to what is in it: <c>secret</c> or <c>ssm_path</c>.</summary>
    string Key { get; }

    /// <summary>When tasks get a new value, in words.</summary>
    string Arrives { get; }

    /// <summary>UTF-8 bytes.</summary>
    int MaxBytes { get; }

    /// <summary>In AWS: with the district's prefix.</summary>
    string NameOf(string district, string path);

    /// <summary>Makes it, or gives it a new version.</summary>
    /// <returns>The version: of Secrets Manager its id, of Systems Manager a number.</returns>
    Task<string> SetAsync(AwsSession session, string path, string value, CancellationToken cancellationToken);

    /// <summary>Those of the district, by path.</summary>
    Task<IReadOnlyList<StoredValue>> ListAsync(AwsSession session, CancellationToken cancellationToken);

    /// <returns>Until when it can be brought back by setting it again; null: it is gone for good.</returns>
    /// <exception cref="NoSuchValueException">There is none at the path.</exception>
    Task<DateTimeOffset?> DeleteAsync(AwsSession session, string path, CancellationToken cancellationToken);
}

/// <summary>There is no such secret or parameter.</summary>
public sealed class NoSuchValueException(string name) : Exception($"There is no '{name}'.");
