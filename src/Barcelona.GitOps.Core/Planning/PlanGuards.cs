using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>The last look before anything is written: a plan may be right by the file and still be what nobody wants.</summary>
public static class PlanGuards
{
    private const string ServiceType = "AWS::ECS::Service";

    /// <returns>Null: nothing stands against it.</returns>
    public static Refusal? DeletesEveryService(DesiredState desired, ObservedStack? app)
    {
        if (app is null || !StackStatusTable.HoldsResources(app.Status))
        {
            return null;
        }

        var running = Services(app);
        return running.Length == 0 || running.Intersect(desired.Services.Values, StringComparer.Ordinal).Any() ? null : new(
            $"This would delete every service that runs: {string.Join(", ", running)}.",
            "If that is meant, add what comes instead in one commit and remove the old services in the next.");
    }

    /// <summary>Logical ids from the template or, where it was not read or is not the JSON that we write, from the outputs.</summary>
    private static string[] Services(ObservedStack app)
    {
        if (app.TemplateBody is null)
        {
            return ServicesOfOutputs(app);
        }

        try
        {
            var resources = (JsonNode.Parse(app.TemplateBody) as JsonObject)?["Resources"] as JsonObject ?? [];
            return [.. resources.Where(r => r.Value?["Type"]?.ToString() == ServiceType).Select(r => r.Key).Order(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            return ServicesOfOutputs(app);
        }
    }

    private static string[] ServicesOfOutputs(ObservedStack app)
    {
        const string Prefix = "Service", Suffix = "Arn";
        return
        [
            .. app.Outputs.Keys
                .Where(k => k.StartsWith(Prefix, StringComparison.Ordinal) && k.EndsWith(Suffix, StringComparison.Ordinal))
                .Select(k => k[..^Suffix.Length]),
        ];
    }
}
