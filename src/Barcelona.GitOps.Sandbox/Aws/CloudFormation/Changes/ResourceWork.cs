using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>Has one resource made, changed or deleted by its handler, and writes the events of it.</summary>
internal sealed class ResourceWork(AwsRegion region, Stack stack, StackResource resource)
{
    /// <param name="verb">CREATE, or UPDATE when a resource is replaced during an update.</param>
    public void Create(JsonObject properties, string verb, Action<string?> done)
    {
        resource.Work = this;
        stack.Enter(resource, $"{verb}_IN_PROGRESS", verb == "CREATE"
            ? null
            : "Requested update requires the creation of a new physical resource; hence creating one.");
        resource.Properties = properties;
        var refused = region.Faults.ForResource(resource.LogicalId, resource.Type, verb) ?? ResourceProperties.Refuse(resource.Type, properties);
        var progress = refused is null ? Try(() => Make(Request(properties), Handler.Create)) : new ResourceProgress.Failed(refused);
        if (Apply(progress)) stack.Enter(resource, $"{verb}_IN_PROGRESS", "Resource creation Initiated");
        region.Timeline.After(Delay(Pace * region.Timings.ResourceCreation, progress), () => Settle(progress, verb, done));
    }

    public void Update(JsonObject properties, Action<string?> done)
    {
        resource.Work = this;
        stack.Enter(resource, "UPDATE_IN_PROGRESS");
        var request = Request(properties) with { Before = resource.Properties, PhysicalId = resource.PhysicalId };
        var refused = region.Faults.ForResource(resource.LogicalId, resource.Type, "UPDATE") ?? ResourceProperties.Refuse(resource.Type, properties);
        resource.Properties = properties;
        var progress = refused is null ? Try(() => Make(request, Handler.Update)) : new ResourceProgress.Failed(refused);
        Apply(progress);
        region.Timeline.After(Delay(region.Timings.ResourceUpdate, progress), () => Settle(progress, "UPDATE", done));
    }

    /// <summary>Deletes the resource, or one that it has left behind when it was replaced.</summary>
    public void Delete(ResourceSnapshot what, Action<string?> done)
    {
        resource.Work = this;
        var current = resource.PhysicalId;
        resource.PhysicalId = what.PhysicalId;
        stack.Enter(resource, "DELETE_IN_PROGRESS");
        region.Timeline.After(region.Timings.ResourceDeletion, () =>
        {
            if (resource.Work != this) return;
            var refused = region.Faults.ForResource(resource.LogicalId, resource.Type, "DELETE");
            var request = Request(what.Properties) with { PhysicalId = what.PhysicalId };
            var progress = refused is null ? Try(() => TakeAway(request)) : new ResourceProgress.Failed(refused);
            Settle(progress, "DELETE", failure =>
            {
                if (failure is null && Known(what.PhysicalId) is { } gone) region.Inventory.Remove(gone);
                resource.PhysicalId = current;
                done(failure);
            });
        });
    }

    /// <summary>An attachment takes its time: what forgets to wait for it finds no gateway, always and not by bad luck.</summary>
    private int Pace => resource.Type == "AWS::EC2::VPCGatewayAttachment" ? 4 : 1;

    private string Owner => $"{stack.Id}/{resource.LogicalId}";

    private KnownResource? Known(string physicalId) => region.Inventory.Find(resource.Type, physicalId, Owner);

    /// <summary>Checks what the properties name, and what is taken already, before anything begins.</summary>
    private ResourceProgress Make(ResourceRequest request, Func<ResourceRequest, ResourceProgress> make)
    {
        var joined = ResourceReferences.Resolve(request);
        Networks.CheckSame(region, joined);
        ResourceRules.Check(request);
        return make(request);
    }

    private ResourceProgress TakeAway(ResourceRequest request)
    {
        if (Known(request.PhysicalId) is { } known) ResourceReferences.CheckNotHeld(region, known);
        return Handler.Delete(request);
    }

    private IResourceHandler Handler => ResourceHandlers.Of(resource.Type);

    // What is refused is known sooner than what is made.
    private static TimeSpan Delay(TimeSpan whole, ResourceProgress progress) => progress is ResourceProgress.Failed ? whole / 2 : whole;

    private void Settle(ResourceProgress progress, string verb, Action<string?> done)
    {
        switch (progress)
        {
            // Somebody else has taken over meanwhile: a cancelled update, a deletion. Its events are the ones that count.
            case not null when resource.Work != this:
                done("overtaken");
                break;
            case ResourceProgress.Working working:
                var next = Try(working.Ask);
                if (verb != "DELETE") Apply(next);
                if (next is ResourceProgress.Working) region.Timeline.After(region.Timings.StabilizationPoll, () => Settle(next, verb, done));
                else Settle(next, verb, done);
                break;
            case ResourceProgress.Failed failed:
                stack.Enter(resource, $"{verb}_FAILED", failed.Reason);
                done(failed.Reason);
                break;
            default:
                if (Known(resource.PhysicalId) is { } known) known.IsReady = true;
                stack.Enter(resource, $"{verb}_COMPLETE");
                done(null);
                break;
        }
    }

    /// <summary>Keeps the name and attributes as soon as they are known; true when the service has begun.</summary>
    private bool Apply(ResourceProgress progress)
    {
        var (physicalId, attributes) = progress switch
        {
            ResourceProgress.Done done => (done.PhysicalId, done.Attributes),
            ResourceProgress.Working working => (working.PhysicalId, working.Attributes),
            _ => ("", null),
        };
        if (attributes is null) return false;
        resource.PhysicalId = physicalId;
        resource.Attributes = attributes;
        Record();
        return true;
    }

    private void Record()
    {
        var known = Known(resource.PhysicalId);
        if (known is null) region.Inventory.Add(known = new KnownResource(resource.Type, resource.PhysicalId) { Owner = Owner });
        known.Properties = resource.Properties;
        known.Attributes = resource.Attributes;
        known.Tags = StackTags.Of(stack, resource.LogicalId, resource.Properties);
    }

    private static ResourceProgress Try(Func<ResourceProgress> work)
    {
        try
        {
            return work();
        }
        catch (AwsErrorException e)
        {
            return new ResourceProgress.Failed(
                $"Resource handler returned message: \"{e.Message}\" (RequestToken: {Guid.NewGuid()}, HandlerErrorCode: {HandlerCode(e)})");
        }
    }

    private static string HandlerCode(AwsErrorException error) => error.Code switch
    {
        _ when error.Code.Contains("Exists", StringComparison.Ordinal) || error.Code.Contains("InUse", StringComparison.Ordinal) => "AlreadyExists",
        _ when error.Code.Contains("NotFound", StringComparison.Ordinal) => "NotFound",
        _ => "InvalidRequest",
    };

    private ResourceRequest Request(JsonObject properties) => new()
    {
        Region = region,
        StackName = stack.Name,
        Owner = Owner,
        LogicalId = resource.LogicalId,
        Type = resource.Type,
        Properties = properties,
        UpdatePolicy = resource.UpdatePolicy,
        Tags = StackTags.Of(stack, resource.LogicalId, properties),
    };
}
