namespace Barcelona.GitOps.Aws.Secrets;

/// <summary>One secret or parameter of a district, without its value.</summary>
/// <param name="Path">As barcelona.yml names it: without the district's prefix.</param>
/// <param name="Version">Of Secrets Manager its id, of Systems Manager a number.</param>
/// <param name="ChangedAt">Null: AWS did not say.</param>
public sealed record StoredValue(string Path, string Version, DateTimeOffset? ChangedAt);
