using System.Collections.Immutable;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class StackOwnershipTests
{
    private static readonly ReleaseInputs Inputs = Example.Release(
        "environments: {production: {name: shop, district: default, image_name: acme/shop, services: [{name: worker, command: a}]}}");

    private static readonly ObservedState Running = Applied.To(Applied.Nothing, Example.Desired(Inputs));

    [Fact]
    public void What_is_not_there_and_what_is_ours_is_touched()
    {
        Assert.Null(Check(Applied.Nothing));
        Assert.Null(Check(Running));
    }

    [Theory]
    [InlineData("acme/other", "Stack barcelona-heritage--default--shop belongs to acme/other.")]
    [InlineData("not a repository", "Stack barcelona-heritage--default--shop belongs to not a repository.")]
    [InlineData(null, "Stack barcelona-heritage--default--shop exists and was not made by Barcelona.")]
    public void A_stack_that_is_not_ours_is_not_touched(string? owner, string message) =>
        Assert.Equal(message, Check(Tagged(StackKeys.RepositoryTag, owner))?.Message);

    [Fact]
    public void A_stack_that_is_tagged_for_another_heritage_is_not_touched() =>
        Assert.Equal(
            "Stack barcelona-heritage--default--shop is tagged for another heritage.",
            Check(Tagged(StackKeys.HeritageTag, "blog"))?.Message);

    [Fact]
    public void Repositories_are_compared_as_github_does() =>
        Assert.Null(Check(Tagged(StackKeys.RepositoryTag, "Acme/Shop")));

    private static Refusal? Check(ObservedState observed) => StackOwnership.RefusalOf(Inputs.Repository, Inputs.Target, observed);

    private static ObservedState Tagged(string tag, string? value)
    {
        var heritage = Running.HeritageStack ?? throw new InvalidOperationException();
        ImmutableSortedDictionary<string, string> tags = value is null ? heritage.Tags.Remove(tag) : heritage.Tags.SetItem(tag, value);
        return Running with { HeritageStack = heritage with { Tags = tags } };
    }
}
