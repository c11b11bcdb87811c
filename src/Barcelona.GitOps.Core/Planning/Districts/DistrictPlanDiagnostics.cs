using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What stands against what a district file asks for, once it is held against AWS.</summary>
public static class DistrictPlanDiagnostics
{
    private static readonly DiagnosticKind DestructiveKind = new("BCN520", Severity.Error, "A change that would destroy what is in use",
        "Networks, subnets, clusters, load balancers and buckets are replaced or removed only when `allow_replacement` names their logical id: "
        + "everything that stands in them goes with them.");

    private static readonly DiagnosticKind InUseKind = new("BCN521", Severity.Error, "An endpoint that is still used",
        "Applications have rules on its listeners. Take its listeners out of their barcelona.yml first.");

    private static readonly DiagnosticKind DwellersKind = new("BCN522", Severity.Error, "A district that is still used",
        "`delete: true` takes a district down once nothing is deployed there any more. Remove the applications' stacks first.");

    private static readonly DiagnosticKind NotOursKind = new("BCN523", Severity.Error, "A stack that is somebody else's",
        "A stack of the district's name exists and its tags say that it is not of this district and platform repository.");

    private static readonly DiagnosticKind ZoneKind = new("BCN524", Severity.Error, "A hosted zone that does not fit",
        "The certificate is validated by a record in the zone of Route 53, and a stack waits for that for hours. So the zone must be a public one "
        + "of the district's account, and the domain must be in it. Otherwise bring a certificate with `certificate_arn`.");

    private static readonly DiagnosticKind ZonesKind = new("BCN525", Severity.Error, "Fewer availability zones than asked for",
        "The region offers this account fewer zones than `zones` says.");

    private static readonly DiagnosticKind ImageKind = new("BCN526", Severity.Error, "An image that AWS does not offer there",
        "The newest image is looked up in a public parameter of Systems Manager. Name one with `ami`.");

    private static readonly DiagnosticKind NetworkKind = new("BCN530", Severity.Error, "An endpoint of another network",
        "A load balancer stays in the network that it was made in, and leads only to tasks there. To move an endpoint that is in use, make a second "
        + "district with the new network and take the applications there. One that nobody uses: take it out of the file, change the network, "
        + "and put it in again. Another `cidr_block` is always another district.");

    private static readonly DiagnosticKind InstancesKind = new("BCN531", Severity.Error, "Instances that services still run on",
        "ECS does not let go of a capacity provider that a service uses. Keep the instances with `cluster: {min: 0}`, deploy the applications "
        + "once more, so that they go where `capacity` says, and then take the keys of `cluster` out.");

    private static readonly DiagnosticKind ElsewhereKind = new("BCN532", Severity.Error, "An existing endpoint for a network that is only being made",
        "A load balancer leads only to tasks of its own network, and one that exists is in another. Once the network is there, a load balancer "
        + "that you make in it can be named.");

    private static readonly DiagnosticKind UnreadableKind = new("BCN529", Severity.Error, "A stack whose template is not ours any more",
        "What an update would replace or remove cannot be told from it, so nothing is changed.");

    private static readonly DiagnosticKind FixedKind = new("BCN533", Severity.Error, "A network that stays where it is",
        "AWS does not exchange a network in place, and does not let one go while load balancers stand in it, whatever `allow_replacement` says.");

    private static readonly DiagnosticKind ListenerInUseKind = new("BCN534", Severity.Error, "HTTPS that is still used",
        "Without its certificate an endpoint has no HTTPS listener, and every application's rules on that go with it.");

    /// <param name="endpoints">Stacks that stand in a network that is to go; empty: it is to be exchanged for another.</param>
    public static Diagnostic Fixed(SourceSpan span, string logicalId, ImmutableArray<string> endpoints) => endpoints.IsEmpty
        ? FixedKind.At(
            span, $"A network ({logicalId}) cannot be exchanged for one with other addresses: what stands in it holds on to the old one.",
            "Nothing was changed. Make another district with these addresses, move the applications there, and take this one down with delete: true.")
        : FixedKind.At(
            span, $"The network ({logicalId}) cannot go while endpoints stand in it: {string.Join(", ", endpoints)}.",
            "Nothing was changed. Take the endpoints out of this file, in this commit or the one before, and put them back afterwards.");

    public static Diagnostic ListenerInUse(SourceSpan span, string endpoint, IEnumerable<string> users) => ListenerInUseKind.At(
        span, $"The HTTPS listener of endpoint '{endpoint}' cannot go: {string.Join(", ", users)} still have rules on it.",
        "Take the endpoint out of their barcelona.yml first, or keep its certificate.");

    public static Diagnostic Unreadable(SourceSpan span, string stack) => UnreadableKind.At(
        span, $"The template of stack {stack} cannot be read: it is not the JSON that Barcelona writes.",
        "Look at the stack in the CloudFormation console: somebody has updated it by hand.");

    public static Diagnostic Destructive(SourceSpan span, (string LogicalId, string Type) resource, bool isReplaced) => DestructiveKind.At(
        span,
        $"This would {(isReplaced ? "replace" : "delete")} {resource.LogicalId} ({resource.Type}), and everything that stands in it.",
        $"Nothing was changed. If that is meant, add allow_replacement: [{resource.LogicalId}].");

    public static Diagnostic InUse(SourceSpan span, string endpoint, IEnumerable<string> users) => InUseKind.At(
        span, $"Endpoint '{endpoint}' cannot go: {string.Join(", ", users)} still use it.", "Take its listeners out of their barcelona.yml first.");

    public static Diagnostic Dwellers(SourceSpan span, string district, IEnumerable<string> stacks) => DwellersKind.At(
        span, $"District '{district}' cannot go: these are still there: {string.Join(", ", stacks)}.",
        "Delete them first, in the CloudFormation console.");

    public static Diagnostic LeftBehind(SourceSpan span, string endpoint) => NetworkKind.At(
        span, $"The load balancer of endpoint '{endpoint}' cannot move to another network, and nothing was changed.",
        "Make a second district with the new network and take the applications there; "
        + "or take the endpoint out first, and put it in again once the network has changed.");

    public static Diagnostic Elsewhere(SourceSpan span, string endpoint) => ElsewhereKind.At(
        span, $"The load balancer of endpoint '{endpoint}' exists, and so it is not in the network that is to be made: it would reach nothing there.",
        "Let the district make an endpoint of its own, or take this one out.");

    public static Diagnostic InstancesInUse(SourceSpan span, IEnumerable<string> users) => InstancesKind.At(
        span, $"The cluster's instances cannot go: {string.Join(", ", users)} still run on them.",
        "Keep them with cluster: {min: 0}, deploy those once more, and take the key out then.");

    public static Diagnostic NotOurs(SourceSpan span, string stack, string whose) => NotOursKind.At(
        span, $"Stack {stack} exists and {whose}.", "Rename the district's file, or look at the stack's tags.");

    public static Diagnostic Zone(SourceSpan span, string why) =>
        ZoneKind.At(span, why, "Name the public zone of the domain in the district's account, or bring certificate_arn.");

    public static Diagnostic Zones(SourceSpan span, int wanted, int offered) =>
        ZonesKind.At(span, $"{wanted} availability zones are asked for, and the region offers {offered}.");

    public static Diagnostic Image(SourceSpan span, string parameter) =>
        ImageKind.At(span, $"AWS has no parameter {parameter} in this region.", "Name an image with ami: ami-….");
}
