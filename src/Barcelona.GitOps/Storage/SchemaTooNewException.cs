namespace Barcelona.GitOps.Storage;

/// <summary>The tables were made by a newer version of this program than the one that is starting.</summary>
public sealed class SchemaTooNewException(long found, long known) : Exception(
    $"The database has schema version {found}, and this version of barcelona knows versions up to {known}. "
    + $"A newer barcelona has been started on it. Start that version or a later one, or restore the backup made before the upgrade.")
{
    /// <summary>The version of the tables.</summary>
    public long Found { get; } = found;

    /// <summary>The newest version that this program can work with.</summary>
    public long Known { get; } = known;
}
