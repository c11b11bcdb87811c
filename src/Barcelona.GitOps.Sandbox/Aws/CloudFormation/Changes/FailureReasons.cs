using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>The sentence that CloudFormation puts on the stack when resources fail.</summary>
internal static class FailureReasons
{
    private static readonly (string Status, string Verb)[] Verbs =
        [("CREATE_FAILED", "create"), ("UPDATE_FAILED", "update"), ("DELETE_FAILED", "delete")];

    public static string Of(Stack stack, IReadOnlyList<string> failed) => string.Concat(Verbs
        .Select(verb => (verb.Verb, Ids: failed.Where(id => stack.Resources[id].Status == verb.Status).ToList()))
        .Where(group => group.Ids.Count > 0)
        .Select(group => $"The following resource(s) failed to {group.Verb}: [{string.Join(", ", group.Ids)}]. "));
}
