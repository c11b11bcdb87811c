using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation;

/// <summary>The stacks of one account and region, deleted ones included.</summary>
internal sealed class StackStore
{
    private readonly List<Stack> _stacks = [];

    /// <summary>Newest first, as the lists have them.</summary>
    public IEnumerable<Stack> All => _stacks.AsEnumerable().Reverse();

    public IEnumerable<Stack> Live => All.Where(stack => stack.DeletedAt is null);

    public void Add(Stack stack) => _stacks.Add(stack);

    /// <summary>By name, which only finds a stack that is not deleted, or by id.</summary>
    public Stack? Find(string nameOrId) => nameOrId.StartsWith("arn:", StringComparison.Ordinal)
        ? _stacks.Find(stack => stack.Id == nameOrId)
        : _stacks.Find(stack => stack.Name == nameOrId && stack.DeletedAt is null);

    public Stack Get(string? nameOrId) => Find(nameOrId ?? "") ?? throw AwsErrorException.Validation($"Stack with id {nameOrId} does not exist");

    public IEnumerable<(Stack Stack, StackOutput Output)> Exports() =>
        Live.SelectMany(stack => stack.Outputs.Where(output => output.ExportName is not null).Select(output => (stack, output)));
}
