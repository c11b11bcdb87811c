using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest.Keys.Services;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary>The top of the file, <c>bcnd</c> and <c>review</c>.</summary>
internal static class FileKeys
{
    private static readonly Key<string> MainlineBranch =
        new("mainline_branch", Texts.BranchName, "Deploys to the mainline environment.") { Default = "master" };
    private static readonly Key<string> MainlineEnvironment =
        new("mainline_environment", Texts.NotEmpty, "Gets the image of the full commit hash.") { Default = "staging" };
    private static readonly Key<string> StableBranch =
        new("stable_branch", Texts.BranchName, "Deploys to the stable environment.") { Default = "production" };

    private static readonly Key<string> StableEnvironment =
        new("stable_environment", Texts.NotEmpty, "Gets the image of the two branches' merge base.") { Default = "production" };

    private static readonly Key<BcndSettings> Bcnd = new("bcnd", new MapShape<BcndSettings>("bcnd",
        [MainlineBranch, MainlineEnvironment, StableBranch, StableEnvironment], values => new()
        {
            MainlineBranch = values.Get(MainlineBranch, "master"),
            MainlineEnvironment = values.Get(MainlineEnvironment, "staging"),
            StableBranch = values.Get(StableBranch, "production"),
            StableEnvironment = values.Get(StableEnvironment, "production"),
            Span = values.Span,
        }), "Which branches deploy what, for environments without deploy.");

    private static readonly Key<string> Group = new("group", Texts.NotEmpty, "The review group.");
    private static readonly Key<string> ReviewImage =
        new("image_name", ImageShapes.Name, "The container image, without its tag.") { IsRequired = true };

    private static readonly Key<ImmutableArray<EnvironmentVariable>> ReviewVariables =
        new("environment", VariableShapes.Variables, "Variables of every container.") { IsRequired = true };

    private static readonly Key<ImmutableArray<ServiceManifest>> ReviewServices =
        new("services", ReviewServiceKeys.Services, "At least one of type web.") { IsRequired = true };
    private static readonly Key<BeforeDeploy> ReviewBeforeDeploy =
        new("before_deploy", CommandShapes.BeforeDeploy, "A task that runs before the services.");

    private static readonly Key<ReviewManifest> Review = new("review", new MapShape<ReviewManifest>("review",
        [Group, ReviewImage, ReviewVariables, ReviewServices, ReviewBeforeDeploy], values =>
        {
            values.Log.Add(EnvironmentDiagnostics.ReviewNotYet(values.Head));
            var services = values.Get(ReviewServices, []);
            if (values.TryGet(ReviewServices, out _) && !services.Any(s => s.Type == ServiceType.Web))
            {
                values.Log.Add(EnvironmentDiagnostics.NoWebInReview(values.PlaceOf(ReviewServices)));
            }

            return new()
            {
                Group = values.Find(Group),
                ImageName = values.Get(ReviewImage, ""),
                Variables = values.Get(ReviewVariables, []),
                Services = services,
                BeforeDeploy = values.Find(ReviewBeforeDeploy),
                Span = values.Span,
            };
        }), "The application that a pull request gets. Not deployed yet.");

    public static readonly Key<ImmutableArray<EnvironmentManifest>> Environments =
        new("environments", EnvironmentKeys.Environments, "What should run, by GitHub's deployment environment.");

    public static readonly ImmutableArray<Key> All = [Environments, Review, Bcnd];

    public static readonly MapShape<BarcelonaManifest> File = new("barcelona.yml", All, values =>
    {
        var manifest = new BarcelonaManifest
        {
            Environments = values.Get(Environments, []),
            Bcnd = values.Find(Bcnd),
            Review = values.Find(Review),
        };
        if (!values.IsMentioned(Environments) && !values.IsMentioned(Review))
        {
            values.Log.Add(EnvironmentDiagnostics.NothingToDo(values.Head, "Say what should run below 'environments'."));
        }

        ManifestRules.Check(manifest, values.Log);
        return manifest;
    })
    {
        AllowsOtherKeys = true,
        Constrain = schema => schema["anyOf"] = SchemaParts.EachRequired(Environments, Review),
    };
}
