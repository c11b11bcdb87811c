using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>What a plan shows of one stack, resource by resource.</summary>
internal static class StackChanges
{
    /// <param name="parameters">The wanted stack's, also those that its spec does not know yet.</param>
    public static IEnumerable<ResourceChange> Of(StackSpec wanted, ObservedStack? stack, IReadOnlyDictionary<string, string> parameters)
    {
        var after = new StackContent(wanted.TemplateBody, parameters);
        if (stack is null || !StackStatusTable.HoldsResources(stack.Status))
        {
            return TemplateDiff.Of(wanted.Name.Value, StackContent.None, after);
        }

        // A stack that is as wanted is not read again: its fingerprint says all.
        var before = StackSteps.IsAsWanted(wanted, stack) ? after : new(stack.TemplateBody, stack.Parameters);
        return TemplateDiff.Of(wanted.Name.Value, before, after);
    }

    /// <summary>Everything in it goes; what is known of it is its template.</summary>
    public static IEnumerable<ResourceChange> OfRemoved(ObservedStack stack) =>
        TemplateDiff.Of(stack.Name.Value, new(stack.TemplateBody ?? "{}", stack.Parameters), StackContent.None);
}
