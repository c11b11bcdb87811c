using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest.Keys.Services;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary><c>environments</c>.</summary>
internal static class EnvironmentKeys
{
    private static readonly Key<Located<string>> Name =
        new("name", Texts.Name.Located(), "The heritage: the application's name, part of every AWS name.") { IsRequired = true };

    private static readonly Key<Located<string>> District =
        new("district", Texts.Name.Located(), "Where to deploy. Absent: checked and never deployed, unless a district file takes the environment.");

    private static readonly Key<DeploySettings> Deploy = new("deploy", DeployKeys.Deploy, "When to deploy. Absent: pushes to the default branch.");
    private static readonly Key<Located<string>> ImageName =
        new("image_name", ImageShapes.Name.Located(), "The container image, without its tag. Absent: nothing is deployed.");

    private static readonly Key<Located<string>> ImageTag =
        new("image_tag", ImageShapes.Tag, "A tag, or a pattern of {sha} {short_sha} {branch} {tag}. Absent: {tag} for a tag, {sha} for a branch.");

    private static readonly Key<TimeSpan> ImageWait =
        new("image_wait", ImageShapes.Wait,
            "How long to wait for the image to appear; false: deploy the tag as written, unseen.")
        { Default = "30m" };

    private static readonly Key<BeforeDeploy> BeforeDeploy =
        new("before_deploy", CommandShapes.BeforeDeploy, "A task that runs with the new image before any service changes: the command, or a map.");

    private static readonly Key<ImmutableArray<EnvironmentVariable>> Variables =
        new("environment", VariableShapes.Variables, "Variables of every container: a list with names, or a map by name.");

    private static readonly Key<ImmutableArray<ScheduledTask>> ScheduledTasks =
        new("scheduled_tasks", ScheduleKeys.Tasks, "Tasks that run at set times.");
    private static readonly Key<ImmutableArray<ServiceManifest>> Services = new("services", ServiceKeys.Services, "The long-running processes.");

    private static readonly Key<int> Version =
        new("version", new ChoiceShape<int>(("1", 1), ("2", 2)), "Every service is a CloudFormation stack's.") { IsObsolete = true };
    private static readonly Key<string> RunEnvVariable = new("vars", new FreeMapShape(), "Variables for one-off commands.");

    private static readonly Key<bool> RunEnv =
        new("run_env", new MapShape<bool>("run_env", [RunEnvVariable], _ => true), "Variables of the original's command line.") { IsObsolete = true };

    public static readonly Shape<ImmutableArray<EnvironmentManifest>> Environments = new EntriesShape<EnvironmentManifest>(Texts.EnvironmentKey,
        new MapShape<EnvironmentManifest>("an environment",
            [Name, District, Deploy, ImageName, ImageTag, ImageWait, BeforeDeploy, Variables, ScheduledTasks, Services, Version, RunEnv], Bind))
        .Select((entries, _, _) => entries.Select(e => e.Value with { Key = e.Name, Span = e.Span }).ToImmutableArray());

    private static EnvironmentManifest Bind(MapValues values)
    {
        WarnOfObsolete(values);
        var wait = values.FindValue(ImageWait);
        var environment = new EnvironmentManifest
        {
            Key = new("", values.Head),
            Name = values.Get(Name, new("", values.Head)),
            District = values.Find(District),
            Deploy = values.Find(Deploy),
            ImageName = values.Find(ImageName),
            ImageTag = values.Find(ImageTag),
            ImageWait = wait == TimeSpan.Zero ? null : wait ?? TimeSpan.FromMinutes(30),
            BeforeDeploy = values.Find(BeforeDeploy),
            Variables = values.Get(Variables, []),
            ScheduledTasks = values.Get(ScheduledTasks, []),
            Services = values.Get(Services, []),
            Span = values.Span,
        };
        ScheduleKeys.CheckAmong(environment.Services, environment.ScheduledTasks, values.Log);
        return environment;
    }

    private static void WarnOfObsolete(MapValues values)
    {
        if (values.IsMentioned(Version))
        {
            values.Log.Add(EnvironmentDiagnostics.Obsolete(values.PlaceOf(Version), Version.Name, "There is one backend, CloudFormation."));
        }

        if (values.IsMentioned(RunEnv))
        {
            values.Log.Add(
                EnvironmentDiagnostics.Obsolete(values.PlaceOf(RunEnv), RunEnv.Name, "One-off commands get the variables of 'environment'."));
        }
    }
}
