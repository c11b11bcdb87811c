using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Ports;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Core.Templates.Scaling;
using Barcelona.GitOps.Core.Templates.Schedules;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>
/// The services of a heritage with everything that leads to them and scales them, and its scheduled tasks: one release, all or nothing. What changes
/// from release to release is a parameter, so that an image-only deploy leaves the template as it is, and AWS alone knows what runs.
/// </summary>
public static class AppTemplate
{
    /// <summary>A template may not be without resources; this one does nothing and costs nothing.</summary>
    private const string Nothing = "Nothing";

    /// <summary>The stack without the task definitions' ARNs and the release, which are known only at apply, and without its fingerprint.</summary>
    public static StackSpec Of(ReleaseShape release)
    {
        var parameters = new AppParameters(release);
        return new()
        {
            Name = StackName.App(release.Inputs.District.Name, release.Inputs.Environment.Name.Value),
            TemplateBody = CanonicalJson.Write(Cfn.Template(
                $"Barcelona: services of {release.Inputs.Environment.Name.Value} in {release.Inputs.District.Name}",
                parameters.Declarations(),
                Resources(release),
                Outputs(release, parameters))),
            Parameters = parameters.Values(),
            Tags = StackKeys.Tags(release.Inputs),
            MakesRoles = !release.Schedules.IsEmpty,
        };
    }

    /// <summary>How many outputs the stack has: what is used up first of CloudFormation's limits, more than parameters and resources.</summary>
    public static int CountOutputs(ReleaseShape release) => Outputs(release, new AppParameters(release)).Count;

    /// <summary>Parameters whose value is the output of the same name of the heritage stack.</summary>
    public static ImmutableArray<string> FromHeritage(ReleaseShape release) => AppParameters.FromHeritage(release);

    /// <summary>Service name to the logical id of its ECS service.</summary>
    public static ImmutableSortedDictionary<string, string> ServiceIds(ReleaseShape release) =>
        StackKeys.Dictionary(release.Services.Select(s => KeyValuePair.Create(s.Name, s.LogicalId)));

    private static JsonObject Resources(ReleaseShape release)
    {
        if (!release.Placed.Any())
        {
            return new() { [Nothing] = new JsonObject { ["Type"] = "AWS::CloudFormation::WaitConditionHandle" } };
        }

        return new(release.Services.SelectMany(s =>
            RoutingResources.Of(s).Concat(PortResources.Of(s)).Concat(ScalingResources.Of(s))
                .Append(new(s.LogicalId, ServiceResource.Of(s, release))))
            .Concat(ScheduleResources.Of(release)));
    }

    /// <summary>Every parameter is echoed: outputs are what a reader of the stack sees first, and what the next plan compares with.</summary>
    private static JsonObject Outputs(ReleaseShape release, AppParameters parameters)
    {
        var outputs = parameters.Echoes();
        foreach (var service in release.Services)
        {
            outputs[StackKeys.ServiceOutput(service.LogicalId)] = Cfn.Output(Cfn.Ref(service.LogicalId));
            if (!service.Manifest.PortMappings.IsEmpty)
            {
                var balancer = new PortIds(service.Name, service.Manifest.Public).Balancer;
                outputs[StackKeys.DnsNameOutput(balancer)] = Cfn.Output(Cfn.GetAtt(balancer, "DNSName"));
            }
        }

        return outputs;
    }
}
