using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>
/// Whose the stacks of a heritage's name are. Asked first of all: also what goes on on a stack is waited for, given up or taken back by nobody else.
/// </summary>
public static class StackOwnership
{
    /// <returns>What stands against touching them; null: they are this heritage's, or not there.</returns>
    public static Refusal? RefusalOf(RepositoryName repository, DeployTarget target, ObservedState observed) =>
        new[] { observed.HeritageStack, observed.AppStack }.OfType<ObservedStack>()
            .Where(s => s.Status != StackStatus.DeleteComplete)
            .Select(s => RefusalOf(s, repository, target))
            .FirstOrDefault(r => r is not null);

    private static Refusal? RefusalOf(ObservedStack stack, RepositoryName repository, DeployTarget target) =>
        stack.Tags.GetValueOrDefault(StackKeys.RepositoryTag) is not { } tag
            ? new($"Stack {stack.Name} exists and was not made by Barcelona.", "Rename the heritage, or remove the stack if nobody needs it.")
        : !RepositoryName.TryParse(tag, out var owner) || !owner.Equals(repository)
            ? new(
                $"Stack {stack.Name} belongs to {tag}.",
                $"Rename the heritage; if the repository was renamed or moved, set the tag {StackKeys.RepositoryTag} of its stacks.")
        : stack.Tags.GetValueOrDefault(StackKeys.DistrictTag) != target.District || stack.Tags.GetValueOrDefault(StackKeys.HeritageTag) != target.Heritage
            ? new($"Stack {stack.Name} is tagged for another heritage.", "Look at its tags: somebody has changed them.")
        : null;
}

/// <summary>Why something is not done.</summary>
/// <param name="Hint">What a person can do about it.</param>
public sealed record Refusal(string Message, string Hint)
{
    public override string ToString() => $"{Message} {Hint}";
}
