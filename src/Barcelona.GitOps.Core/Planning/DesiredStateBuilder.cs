using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Planning.Shaping;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Tasks;
using Hash = Barcelona.GitOps.Core.Templates.Fingerprint;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>From a release's inputs to what AWS should look like, or to everything that stands against it.</summary>
public static class DesiredStateBuilder
{
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    private const int MaxOutputs = 200;

    /// <summary>
    /// The value is null when there are errors, and also, without any, when the environment has no image: then nothing is deployed.
    /// </summary>
    /// <exception cref="InvalidOperationException">A listener has neither a priority in the file nor one in the inputs.</exception>
    public static Parsed<DesiredState> Build(ReleaseInputs inputs)
    {
        if (inputs.Environment.ImageName is not { } image)
        {
            return new(null, [ReleaseDiagnostics.NoImage(inputs.Environment.Span, inputs.Environment.Key.Value)]);
        }

        var checks = new ReleaseChecks(inputs);
        checks.Image(image);
        checks.Variables();
        var shape = new ReleaseShaper(inputs, checks).Shape();
        if (shape is not null && AppTemplate.CountOutputs(shape) is > MaxOutputs and var outputs)
        {
            checks.Add(ReleaseDiagnostics.TooManyOutputs(inputs.Environment.Key.Span, inputs.Environment.Key.Value, outputs, MaxOutputs));
        }

        var diagnostics = checks.Diagnostics;
        return shape is null || diagnostics.Any(d => d.IsError) ? new(null, diagnostics) : new(Of(shape), diagnostics);
    }

    private static DesiredState Of(ReleaseShape shape)
    {
        var heritage = HeritageTemplate.Of(shape.Inputs);
        var app = AppTemplate.Of(shape);
        var tasks = shape.Defined.Select(s => TaskDefinitions.Of(shape.Inputs, s)).ToImmutableArray();
        var beforeDeploy = shape.BeforeDeploy is { } first ? OneOffSpec.Of(shape, first) : null;
        var fingerprint = Hash.Of(
        [
            heritage.TemplateBody,
            app.TemplateBody,
            .. Hash.Parts(app.Parameters.RemoveRange(StackKeys.Provenance)),
            .. Hash.Parts(app.Tags),
            .. tasks.Select(t => t.Content),
        ]);
        return new()
        {
            Target = shape.Inputs.Target,
            HeritageStack = heritage,
            TaskDefinitions = beforeDeploy is null ? tasks : tasks.Add(beforeDeploy.Definition),
            BeforeDeploy = beforeDeploy,
            AppStack = app with { Parameters = app.Parameters.SetItem(StackKeys.FingerprintParameter, fingerprint) },
            FromHeritage = AppTemplate.FromHeritage(shape),
            Services = AppTemplate.ServiceIds(shape),
            Fingerprint = fingerprint,
        };
    }
}
