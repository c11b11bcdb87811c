using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;

namespace Barcelona.GitOps.Core.Tests.Triggers;

public sealed class TriggerRulesTests
{
    private static readonly RepositoryName Shop = RepositoryName.Parse("acme/shop");
    private static readonly CommitSha Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567");
    private static readonly District Default = Manifests.ReadDistrict("default", "[acme/*]");

    private const string Plain = """
        environments:
          production: {name: shop, district: default, image_name: acme/shop}
        """;

    private const string Original = """
        environments:
          staging: {name: shop-staging, image_name: acme/shop}
          production: {name: shop, image_name: acme/shop}
        """;

    private const string Several = """
        environments:
          production: {name: shop, district: default, image_name: acme/shop, deploy: {on: [{tag: "v*"}]}}
          staging: {name: shop-staging, district: default, image_name: acme/shop, deploy: {on: [{branch: main}, {branch: "release/*"}]}}
        """;

    [Fact]
    public void A_push_to_the_default_branch_deploys_an_environment_without_deploy()
    {
        var decision = Assert.IsType<TriggerDecision.Deploy>(Assert.Single(OfBranch(Plain, "main")));
        Assert.Equal("default", decision.District.Name);
        Assert.Equal(new ImageTagRule.Pattern(null), decision.Tag);
    }

    [Theory]
    [InlineData("**")]
    [InlineData("gh-readonly-queue/**")]
    public void A_branch_of_the_merge_queue_deploys_nothing_whatever_the_pattern(string pattern)
    {
        var file = Several.Replace("release/*", pattern, StringComparison.Ordinal);

        Assert.Equal("Validate,Validate", Kinds(OfBranch(file, "gh-readonly-queue/main/pr-104-929f8209d40f77f4abc622a499c93a83babdbe64")));
    }

    [Fact]
    public void A_push_to_another_branch_is_ignored() => Assert.IsType<TriggerDecision.Ignore>(Assert.Single(OfBranch(Plain, "topic")));

    [Fact]
    public void A_tag_does_not_deploy_an_environment_without_deploy() => Assert.IsType<TriggerDecision.Ignore>(Assert.Single(OfTag(Plain, "v1.0.0")));

    [Theory]
    [InlineData("main", "Ignore,Deploy")]
    [InlineData("release/1", "Ignore,Deploy")]
    [InlineData("release/1/2", "Ignore,Ignore")]
    public void Branches_deploy_the_environments_whose_patterns_match(string branch, string expected) =>
        Assert.Equal(expected, Kinds(OfBranch(Several, branch)));

    [Theory]
    [InlineData("v1.4.0", "Deploy,Ignore")]
    [InlineData("nightly", "Ignore,Ignore")]
    public void Tags_deploy_the_environments_whose_patterns_match(string tag, string expected) => Assert.Equal(expected, Kinds(OfTag(Several, tag)));

    [Theory]
    [InlineData("Fix a typo [skip deploy]", "the commit says [skip deploy]")]
    [InlineData("Docs [SKIP CI]\n\nmore", "the commit says [skip ci]")]
    public void Skip_words_in_the_head_commit_keep_a_branch_from_deploying(string message, string reason) =>
        Assert.Equal(reason, Assert.IsType<TriggerDecision.Ignore>(Assert.Single(OfBranch(Plain, "main", message))).Reason);

    [Fact]
    public void A_district_that_does_not_list_the_repository_refuses_it()
    {
        var refused = Assert.IsType<TriggerDecision.Refuse>(
            Assert.Single(OfBranch(Plain, "main", "", Manifests.ReadDistrict("default", "[other/*, acme/tools]"))));
        Assert.Equal("BCN601", Assert.Single(refused.Diagnostics).Code);
    }

    [Fact]
    public void A_district_that_is_not_there_is_named_with_the_nearest_spelling()
    {
        var refused =
            Assert.IsType<TriggerDecision.Refuse>(Assert.Single(OfBranch(Plain, "main", "", Manifests.ReadDistrict("defaults", "[acme/*]"))));
        Assert.Equal("barcelona.yml(2,38): error BCN600: There is no district 'default'. Did you mean 'defaults'?",
            Assert.Single(refused.Diagnostics).ToString());
    }

    [Fact]
    public void A_district_whose_file_has_mistakes_is_not_said_to_be_missing()
    {
        var context = new TriggerContext { DefaultBranch = "main", Districts = [], Broken = ["default"] };
        var pushed = new RepositoryEvent.BranchPushed(Shop, 1, GitRef.Branch("main"), Commit, "", "main");

        var refused = Assert.IsType<TriggerDecision.Refuse>(Assert.Single(TriggerRules.Evaluate(Manifests.Read(Plain), pushed, context)));

        Assert.StartsWith(
            "barcelona.yml(2,38): error BCN519: The file of the district 'default' has mistakes.",
            Assert.Single(refused.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default", "BCN519")]
    [InlineData("another", null)]
    public void What_went_to_a_district_whose_file_has_mistakes_is_not_passed_over(string last, string? code)
    {
        var context = new TriggerContext
        {
            DefaultBranch = "main",
            Districts = [],
            Broken = ["default"],
            LastDistricts = ImmutableDictionary<string, string>.Empty.Add("production", last),
        };
        var pushed = new RepositoryEvent.BranchPushed(Shop, 1, GitRef.Branch("main"), Commit, "", "main");
        var manifest = Manifests.Read(Plain.Replace("district: default, ", "", StringComparison.Ordinal));

        var decision = Assert.Single(TriggerRules.Evaluate(manifest, pushed, context));

        Assert.Equal(code, (decision as TriggerDecision.Refuse)?.Diagnostics.Single().Code);
    }

    [Fact]
    public void The_long_form_limits_which_environments_a_repository_may_bring() =>
        Assert.IsType<TriggerDecision.Refuse>(
            Assert.Single(OfBranch(Plain, "main", "", Manifests.ReadDistrict("default", "[{repository: acme/shop, environments: [staging]}]"))));

    [Fact]
    public void The_long_form_gives_an_original_file_its_district()
    {
        var decisions = OfBranch(Original, "main", "", Manifests.ReadDistrict("tokyo", "[{repository: ACME/Shop, environments: [production]}]"));
        Assert.Equal("Validate,Deploy", Kinds(decisions));
        Assert.Equal("tokyo", Assert.IsType<TriggerDecision.Deploy>(decisions[1]).District.Name);
    }

    [Fact]
    public void The_short_form_takes_no_environment_that_names_no_district() => Assert.Equal("Validate,Validate", Kinds(OfBranch(Original, "main")));

    [Fact]
    public void Two_districts_that_take_one_environment_are_refused()
    {
        const string taker = "[{repository: acme/shop, environments: [production]}]";
        var decisions = OfBranch(Original, "main", "", Manifests.ReadDistrict("tokyo", taker), Manifests.ReadDistrict("osaka", taker));
        Assert.Equal("BCN602", Assert.Single(Assert.IsType<TriggerDecision.Refuse>(decisions[1]).Diagnostics).Code);
    }

    [Fact]
    public void Two_taken_environments_that_would_both_deploy_by_default_are_refused()
    {
        var decisions =
            OfBranch(Original, "main", "", Manifests.ReadDistrict("tokyo", "[{repository: acme/shop, environments: [production, staging]}]"));
        Assert.All(decisions, d => Assert.Equal("BCN604", Assert.Single(Assert.IsType<TriggerDecision.Refuse>(d).Diagnostics).Code));
    }

    [Fact]
    public void Bcnds_mainline_deploys_with_the_full_hash_and_its_stable_branch_with_the_merge_base()
    {
        const string yaml = Original + "\nbcnd: {mainline_branch: main}";
        var district = Manifests.ReadDistrict("tokyo", "[{repository: acme/shop, environments: [production, staging]}]");

        var mainline = OfBranch(yaml, "main", "", district);
        Assert.Equal("Deploy,Ignore", Kinds(mainline));
        Assert.Equal(new ImageTagRule.Pattern("{sha}"), Assert.IsType<TriggerDecision.Deploy>(mainline[0]).Tag);

        var stable = OfBranch(yaml, "production", "", district);
        Assert.Equal("Ignore,Deploy", Kinds(stable));
        Assert.Equal(
            new ImageTagRule.MergeBase(GitRef.Branch("main"), GitRef.Branch("production")), Assert.IsType<TriggerDecision.Deploy>(stable[1]).Tag);
    }

    [Fact]
    public void By_hand_an_environment_of_bcnd_gets_the_image_that_a_push_would_give_it()
    {
        var manifest = Manifests.Read(Original + "\nbcnd: {mainline_branch: main}");
        var context = new TriggerContext
        {
            DefaultBranch = "main",
            Districts = [Manifests.ReadDistrict("tokyo", "[{repository: acme/shop, environments: [production, staging]}]")],
        };

        var tags = manifest.Environments.Select(
            e => Assert.IsType<TriggerDecision.Deploy>(TriggerRules.WouldDeploy(manifest, e, (Shop, GitRef.Branch("topic")), context)).Tag);

        Assert.Equal([new ImageTagRule.Pattern("{sha}"), new ImageTagRule.MergeBase(GitRef.Branch("main"), GitRef.Branch("production"))], tags);
    }

    [Fact]
    public void An_environments_own_deploy_wins_over_bcnd()
    {
        const string yaml = """
            environments:
              staging: {name: shop, district: default, image_name: acme/shop, deploy: {on: [{branch: next}]}}
            bcnd: {mainline_branch: main, stable_environment: staging}
            """;
        Assert.Equal("Ignore", Kinds(OfBranch(yaml, "main")));
        Assert.Equal("Deploy", Kinds(OfBranch(yaml, "next")));
    }

    [Fact]
    public void A_tag_pattern_that_needs_a_branch_is_refused_for_a_tag()
    {
        const string yaml = """
            environments:
              production: {name: shop, district: default, image_name: acme/shop, image_tag: "{branch}-1", deploy: {on: [{tag: "*"}]}}
            """;
        Assert.Equal("BCN603", Assert.Single(Assert.IsType<TriggerDecision.Refuse>(Assert.Single(OfTag(yaml, "v1"))).Diagnostics).Code);
    }

    [Fact]
    public void An_environment_without_image_is_checked_and_not_deployed() =>
        Assert.Equal("Validate", Kinds(OfBranch("environments: {production: {name: shop, district: default}}", "main")));

    [Fact]
    public void Pull_requests_are_checked_and_deletions_ignored()
    {
        var manifest = Manifests.Read(Plain);
        var context = new TriggerContext { DefaultBranch = "main", Districts = [Default] };
        Assert.Equal(
            "Validate", Kinds(TriggerRules.Evaluate(manifest, new RepositoryEvent.PullRequestChanged(Shop, 1, 7, Commit, IsFork: true), context)));
        Assert.Equal("Ignore", Kinds(TriggerRules.Evaluate(manifest, new RepositoryEvent.RefDeleted(Shop, 1, GitRef.Branch("main")), context)));
    }

    private static ImmutableArray<TriggerDecision> OfBranch(string yaml, string branch, string message = "", params District[] districts) =>
        TriggerRules.Evaluate(
        Manifests.Read(yaml), new RepositoryEvent.BranchPushed(Shop, 1, GitRef.Branch(branch), Commit, message, "main"),
        new() { DefaultBranch = "main", Districts = districts.Length == 0 ? [Default] : [.. districts] });

    private static ImmutableArray<TriggerDecision> OfTag(string yaml, string tag) => TriggerRules.Evaluate(
        Manifests.Read(yaml), new RepositoryEvent.TagPushed(Shop, 1, GitRef.Tag(tag), Commit.Value, "main"),
            new() { DefaultBranch = "main", Districts = [Default] });

    private static string Kinds(IEnumerable<TriggerDecision> decisions) => string.Join(',', decisions.Select(d => d.GetType().Name));
}
