using Barcelona.GitOps.Sandbox.Aws.Ec2;

namespace Barcelona.GitOps.Sandbox.Aws.Parameters;

/// <summary>SSM parameters by name: an account's own, and those in which AWS publishes its images, which no list shows.</summary>
internal sealed class ParameterStore(MachineImages images)
{
    private readonly SortedDictionary<string, StoredParameter> _parameters = new(StringComparer.Ordinal);

    public IEnumerable<StoredParameter> All => _parameters.Values;

    public StoredParameter? Find(string name) => _parameters.GetValueOrDefault(name) ?? images.Parameter(name);

    public string? Value(string name) => Find(name)?.Value;

    public StoredParameter Put(string name, string type, string value, DateTimeOffset now) =>
        _parameters[name] = new StoredParameter(name, type, value, (Find(name)?.Version ?? 0) + 1, now);

    public bool Remove(string name) => _parameters.Remove(name);
}
