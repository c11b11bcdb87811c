using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>The one container of a task: the image, the command, the variables, and where its output goes.</summary>
internal sealed class ContainerDefinition(ReleaseInputs inputs, ServiceShape service)
{
    private readonly ServiceManifest _manifest = service.Manifest;

    public JsonObject ToJson()
    {
        var container = new JsonObject
        {
            ["name"] = service.Name,
            ["image"] = inputs.DeployedImage,
            ["essential"] = true,
            ["command"] = CommandOf(_manifest.Command),

            // A hard limit. On Fargate the container may use what is paid for.
            ["memory"] = service.Size?.Memory ?? _manifest.Memory.Value,
            ["logConfiguration"] = LogConfiguration(),

            // ECS Exec leaves child processes behind; an init process reaps them.
            ["linuxParameters"] = new JsonObject { ["initProcessEnabled"] = true },
        };
        AddVariables(container);
        if (inputs.Restarts.TryGetValue(service.Name, out var mark))
        {
            // A revision of its own: what a restart asked for is told from what ran before by its ARN, as everything else is.
            container["dockerLabels"] = new JsonObject { ["barcelona.restarted"] = mark };
        }

        if (service.Size is null && _manifest.Cpu is { } cpu)
        {
            container["cpu"] = cpu.Value;
        }

        if (service.IsBalanced)
        {
            container["portMappings"] = new JsonArray([.. PortMappings()]);
        }

        if (service.StopTimeout is { } seconds)
        {
            container["stopTimeout"] = seconds;
        }

        if (RegistryCredentials.PathOf(inputs.District, inputs.Image) is { } path)
        {
            // By name, which ECS takes within one region: a secret that is made anew changes nothing here.
            container["repositoryCredentials"] = new JsonObject { ["credentialsParameter"] = RegistryCredentials.NameOf(inputs.District, path) };
        }

        return container;
    }

    /// <summary>
    /// Text goes to a shell, which hands its process over, so that signals reach the application; a list needs no shell in the image.
    /// </summary>
    internal static JsonArray CommandOf(Command command) =>
        command.Text is { } text ? new("sh", "-c", $"exec {text}") : Cfn.Strings(command.Words);

    private void AddVariables(JsonObject container)
    {
        var variables = new ContainerVariables(inputs, service);
        if (variables.Plain() is { Count: > 0 } plain)
        {
            container["environment"] = plain;
        }

        if (variables.Secrets() is { Count: > 0 } secrets)
        {
            container["secrets"] = secrets;
        }
    }

    /// <summary>The web port first; a container's port and protocol once, however many ports of load balancers lead there.</summary>
    private IEnumerable<JsonObject> PortMappings()
    {
        var web = service.Routes.IsEmpty ? [] : new[] { (Port: _manifest.WebContainerPort, IsUdp: false) };
        foreach (var (port, isUdp) in web.Concat(_manifest.PortMappings.OrderBy(m => m.LbPort).Select(m => (m.ContainerPort, m.IsUdp))).Distinct())
        {
            var mapping = new JsonObject { ["containerPort"] = port, ["protocol"] = isUdp ? "udp" : "tcp" };
            if (!service.HasOwnInterface)
            {
                // Zero: any free port of the instance, so that two tasks of a service fit on one.
                mapping["hostPort"] = _manifest.PortMappings
                    .FirstOrDefault(m => (m.ContainerPort, m.IsUdp) == (port, isUdp) && m.HostPort is not null)?.HostPort ?? 0;
            }

            yield return mapping;
        }
    }

    private JsonObject LogConfiguration() => new()
    {
        ["logDriver"] = "awslogs",
        ["options"] = new JsonObject
        {
            ["awslogs-group"] = StackKeys.LogGroup(inputs.District.Name, inputs.Environment.Name.Value),
            ["awslogs-region"] = inputs.District.Region,
            ["awslogs-stream-prefix"] = service.Name,
        },
    };
}
