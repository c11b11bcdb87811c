using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>The variables of a container, by name: what is plain stands in the task definition, what is secret only as a reference.</summary>
internal sealed class ContainerVariables(ReleaseInputs inputs, ServiceShape service)
{
    public const string Port = "PORT";

    private readonly bool _hasPort = service.Manifest.Type == ServiceType.Web;

    public JsonArray Plain()
    {
        var values = Variables().OfType<EnvironmentVariable.Plain>().Select(v => (Name: v.Name.Value, v.Value));
        if (_hasPort)
        {
            values = values.Append((Port, service.Manifest.WebContainerPort.ToString(CultureInfo.InvariantCulture)));
        }

        values = values.Concat(HostPorts()).DistinctBy(v => v.Name);
        return new([.. values.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => Entry(v.Name, "value", v.Value))]);
    }

    /// <summary>
    /// Under which port of its host a task is reached, as the original told it, where that is known before it runs; the file's own word goes first.
    /// </summary>
    private IEnumerable<(string Name, string Value)> HostPorts() =>
        from mapping in service.Manifest.PortMappings
        let port = service.HasOwnInterface ? mapping.ContainerPort : mapping.HostPort
        where port is not null
        select (string.Create(CultureInfo.InvariantCulture, $"HOST_PORT_{mapping.Protocol.ToString().ToUpperInvariant()}_{mapping.ContainerPort}"),
            port.Value.ToString(CultureInfo.InvariantCulture));

    public JsonArray Secrets() => new(
    [
        .. Variables().Select(v => (Name: v.Name.Value, Source: SourceOf(v)))
            .Where(v => v.Source is not null)
            .OrderBy(v => v.Name, StringComparer.Ordinal)
            .Select(v => Entry(v.Name, "valueFrom", v.Source ?? "")),
    ]);

    /// <summary>A web service's port is said once, by web_container_port: it is also where the load balancer knocks.</summary>
    private IEnumerable<EnvironmentVariable> Variables() => inputs.Environment.Variables.Where(v => !_hasPort || v.Name.Value != Port);

    private string? SourceOf(EnvironmentVariable variable) => variable switch
    {
        EnvironmentVariable.Plain => null,
        EnvironmentVariable.ValueFrom v => v.Source.Value,
        EnvironmentVariable.SsmParameter v => SsmName(inputs.District.Name, v.Path.Value),
        EnvironmentVariable.Secret v => SecretReference(inputs.Secrets[v.Path.Value], v.Field),
        _ => throw new InvalidOperationException($"{variable.GetType().Name} is not a variable that a container can have."),
    };

    /// <summary>
    /// Below the district's folder unless it is there already. The folder is compared, not its letters: in district <c>prod</c> the path
    /// <c>/barcelona/production/x</c> is somebody else's.
    /// </summary>
    internal static string SsmName(string district, string path)
    {
        var folder = $"/barcelona/{district}/";
        var rooted = "/" + path.TrimStart('/');
        return rooted.StartsWith(folder, StringComparison.Ordinal) ? rooted : folder + rooted[1..];
    }

    /// <summary>
    /// ARN, JSON field, version stage (left empty), version id: the same release gets the same value for ever.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    /// </summary>
    private static string SecretReference(ResolvedSecret secret, string? field) => $"{secret.Arn}:{field}::{secret.VersionId}";

    private static JsonObject Entry(string name, string kind, string value) => new() { ["name"] = name, [kind] = value };
}
