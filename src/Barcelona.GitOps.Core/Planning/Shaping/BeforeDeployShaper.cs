using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Planning.Shaping;

/// <summary>Decides place and size of what runs before a deploy, by the rules that hold for services.</summary>
internal sealed class BeforeDeployShaper(ReleaseInputs inputs, ReleaseChecks checks)
{
    private const int DefaultCpu = 128, DefaultMemory = 512;

    public BeforeDeployShape? Shape() => inputs.Environment.BeforeDeploy is { } task ? Shape(task) : null;

    private BeforeDeployShape Shape(BeforeDeploy task)
    {
        var capacity = inputs.District.Capacity == Capacity.Ec2 ? Capacity.Ec2 : Capacity.Fargate;
        var service = new ServiceManifest
        {
            Name = new(OneOffSpec.BeforeDeploy, task.Span),
            Type = ServiceType.Default,
            Cpu = task.Cpu ?? (capacity == Capacity.Ec2 ? new(DefaultCpu, task.Span) : null),
            Memory = task.Memory ?? new(DefaultMemory, task.Span),
            Command = task.Command,
            Listeners = [],
            PortMappings = [],
            Span = task.Span,
        };
        var size = capacity == Capacity.Ec2 ? null : checks.Size(service);
        checks.Policy(service, size);
        return new(new() { Manifest = service, Capacity = capacity, Size = size, Routes = [] }, task.Timeout);
    }
}
