using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Core.Tests.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Planning.Districts;

/// <summary>A district as AWS has it once it was made, without AWS.</summary>
internal static class MadeDistrict
{
    public const string Keys = """
        network: {cidr_block: 10.1.0.0/16, zones: 2, nat_type: managed_gateway}
        cluster: {instance_types: [t3.small], min: 1, max: 3}
        endpoints:
          demo-endpoint: {public: true}
        """;

    public static ObservedDistrict Nothing { get; } = new();

    public static DesiredDistrict Desired(District district, ObservedDistrict observed) => DesiredDistrict.Of(DistrictExample.Inputs(district), observed);

    public static DistrictPlan Plan(District district, ObservedDistrict observed) =>
        DistrictPlanner.Plan(district.Delete ? new(district, null, []) : Desired(district, observed), observed);

    /// <summary>Made to its end.</summary>
    public static ObservedDistrict Made(District district)
    {
        var own = new ObservedDistrict { Stack = Stack(Desired(district, Nothing).Stack ?? throw new InvalidOperationException("It makes nothing.")) };
        return own with
        {
            Endpoints = Desired(district, own).Endpoints.ToImmutableSortedDictionary(e => e.Name, e => Stack(e.Stack), StringComparer.Ordinal),
        };
    }

    /// <summary>As an earlier template with another word in it would have left it.</summary>
    public static ObservedDistrict WithOlder(this ObservedDistrict made, string text, string older) => made.Older(stack =>
        stack with { TemplateBody = stack.TemplateBody?.Replace(text, older, StringComparison.Ordinal) });

    public static ObservedDistrict WithOlderBaseImage(this ObservedDistrict made) => made.Older(stack =>
        stack with { Parameters = stack.Parameters.SetItem(DistrictStackKeys.BaseImageParameter, "ami-0older") });

    private static ObservedDistrict Older(this ObservedDistrict made, Func<ObservedStack, ObservedStack> change)
    {
        var stack = made.Stack ?? throw new ArgumentException("It has no stack.", nameof(made));
        return made with { Stack = change(stack) with { Parameters = change(stack).Parameters.SetItem(StackKeys.FingerprintParameter, "older") } };
    }

    private static ObservedStack Stack(StackSpec spec) => new()
    {
        Name = spec.Name,
        Id = $"arn:aws:cloudformation:ap-northeast-1:123456789012:stack/{spec.Name}/1",
        Status = StackStatus.CreateComplete,
        Parameters = spec.Parameters,
        Outputs = (JsonNode.Parse(spec.TemplateBody)?["Outputs"]?.AsObject() ?? [])
            .ToImmutableSortedDictionary(o => o.Key, o => $"made-{o.Key}", StringComparer.Ordinal),
        Tags = spec.Tags,
        TemplateBody = spec.TemplateBody,
    };
}
