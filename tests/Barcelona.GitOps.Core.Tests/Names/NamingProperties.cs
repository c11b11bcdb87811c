using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using CsCheck;

namespace Barcelona.GitOps.Core.Tests.Names;

public sealed class NamingProperties
{
    // Few letters, so that unlike lists of parts often look alike when joined.
    private static readonly Gen<string> Short = Gen.Char["ab1-"].Array[2, 6].Select(c => new string(c)).Where(NameRules.IsValid);

    private static readonly Gen<string> Long = Gen.Select(Gen.Char["ab"].Array[60, 98].Select(c => new string(c)), Short, (a, b) => a + b)
        .Where(NameRules.IsValid);

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Const("web"), Gen.Const("at"), Gen.Const("no"), Gen.Const("no1"), Gen.Const("n1"), Gen.Const("1"), Gen.Const("x"), Gen.Const("Web"));

    private static readonly Gen<string> Words = Word.Array[1, 3].Select(w => string.Join('-', w)).Where(NameRules.IsValid);

    private static readonly Gen<string> Name = Gen.OneOf(Short, Long, Words);

    [Fact]
    public void Different_targets_have_different_stacks() => Gen.Select(Name, Name, Name, Name).Sample((d1, h1, d2, h2) =>
    {
        string[] first =
        [
            Stack(StackName.District(d1)),
            Stack(StackName.Heritage(d1, h1)),
            Stack(StackName.App(d1, h1)),
            Stack(StackName.Endpoint(d1, h1)),
        ];
        string[] second =
        [
            Stack(StackName.District(d2)),
            Stack(StackName.Heritage(d2, h2)),
            Stack(StackName.App(d2, h2)),
            Stack(StackName.Endpoint(d2, h2)),
        ];
        for (var i = 0; i < first.Length; i++)
        {
            for (var j = 0; j < second.Length; j++)
            {
                var isSame = i == j && d1 == d2 && (i == 0 || h1 == h2);
                Assert.Equal(isSame, first[i] == second[j]);
            }
        }
    });

    [Fact]
    public void A_stack_name_is_one_that_cloudformation_takes() => Gen.Select(Name, Name).Sample((district, heritage) =>
        Assert.Matches(@"\A[a-zA-Z][a-zA-Z0-9-]{0,127}\z", StackName.App(district, heritage).Value));

    [Fact]
    public void Different_services_have_different_families() => Gen.Select(Name, Name, Name).Array[2].Sample(pair =>
    {
        var families = pair.Select(p => TaskFamily.Of(p.Item1, p.Item2, p.Item3)).ToArray();
        Assert.All(families, f => Assert.InRange(f.Length, 1, 255));
        Assert.Equal(pair[0] == pair[1], families[0] == families[1]);
    });

    [Fact]
    public void Different_listeners_have_different_logical_ids() => Gen.Select(Name, Name, Gen.Int[0, 2]).Array[2].Sample(pair =>
    {
        var ids = pair.Select(p => LogicalIds.TargetGroup(RuleSlot.Of(p.Item1, p.Item2, p.Item3))).ToArray();
        Assert.All(ids, id => Assert.Matches(@"\A[a-zA-Z0-9]{1,255}\z", id));
        Assert.Equal(pair[0] == pair[1], ids[0] == ids[1]);
    });

    [Fact]
    public void Different_services_have_different_logical_ids() => Name.Array[2].Sample(pair =>
        Assert.Equal(pair[0] == pair[1], LogicalIds.Service(pair[0]) == LogicalIds.Service(pair[1])));

    private static string Stack(StackName name) => name.Value;
}
