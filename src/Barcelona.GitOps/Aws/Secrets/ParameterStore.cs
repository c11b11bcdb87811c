using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace Barcelona.GitOps.Aws.Secrets;

/// <summary>
/// Systems Manager: what barcelona.yml names by <c>ssm_path</c>. Encrypted with the account's own key; a task gets what is current at its start.
/// </summary>
public sealed class ParameterStore : IValueStore
{
    private const int PerPage = 50;

    public string Key => "ssm_path";

    public string Arrives => "those that start from now on get this one";

    // https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
    public int MaxBytes => 4_096;

    public string NameOf(string district, string path) => Prefix(district) + path;

    public async Task<string> SetAsync(AwsSession session, string path, string value, CancellationToken cancellationToken)
    {
        var request = new PutParameterRequest
        {
            Name = NameOf(session.District.Name, path),
            Value = value,
            Type = ParameterType.SecureString,
            Overwrite = true,
        };
        var put = await session.Ssm.PutParameterAsync(request, cancellationToken).Translated(cancellationToken);
        return $"{put.Version}";
    }

    public async Task<IReadOnlyList<StoredValue>> ListAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var prefix = Prefix(session.District.Name);
        var found = new List<StoredValue>();
        var request = new DescribeParametersRequest
        {
            MaxResults = PerPage,
            ParameterFilters = [new ParameterStringFilter { Key = "Path", Option = "Recursive", Values = [prefix.TrimEnd('/')] }],
        };
        do
        {
            var page = await session.Ssm.DescribeParametersAsync(request, cancellationToken).Translated(cancellationToken);
            found.AddRange((page.Parameters ?? []).Select(p => new StoredValue(p.Name[prefix.Length..], $"{p.Version}", p.LastModifiedDate)));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return [.. found.OrderBy(v => v.Path, StringComparer.Ordinal)];
    }

    public async Task<DateTimeOffset?> DeleteAsync(AwsSession session, string path, CancellationToken cancellationToken)
    {
        var name = NameOf(session.District.Name, path);
        try
        {
            await session.Ssm.DeleteParameterAsync(new DeleteParameterRequest { Name = name }, cancellationToken).Translated(cancellationToken);
            return null;
        }
        catch (ParameterNotFoundException)
        {
            throw new NoSuchValueException(name);
        }
    }

    private static string Prefix(string district) => $"/barcelona/{district}/";
}
