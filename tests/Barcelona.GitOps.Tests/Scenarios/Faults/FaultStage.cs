using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Where a fault happens: an application that was deployed once, unless the fault is one of a first deploy.</summary>
/// <param name="Good">The commit that runs; empty before the first deploy.</param>
public sealed record FaultStage(Stage Stage, SandboxRepository Shop, string Good)
{
    public const string AppStack = "barcelona-app--default--shop", HeritageStack = "barcelona-heritage--default--shop",
        LogGroup = "/barcelona/default/shop";

    private int _pushes;

    public SandboxAws Aws => Stage.Aws;

    public FaultRules Faults => Stage.Aws.Faults;

    /// <summary>A commit that changes the image and nothing else, unless a manifest is given.</summary>
    public Task<string> PushAsync(string? manifest = null) => Shop.CommitAsync(
        "main", new Dictionary<string, string> { ["barcelona.yml"] = $"{manifest ?? Manifests.Shop}# push {++_pushes}\n" }, "Change barcelona.yml");

    public async Task<string> SettleAsync(string? manifest = null)
    {
        var sha = await PushAsync(manifest);
        await Stage.RunUntilQuietAsync();
        return sha;
    }

    /// <summary>A push, and so much time that the stacks are being changed.</summary>
    public async Task<string> UnderWayAsync()
    {
        var sha = await PushAsync();
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        return sha;
    }

    /// <summary>Every image but that of the commit that runs.</summary>
    public async Task<string> WithImagesAsync(ImageBehaviour behaviour)
    {
        Aws.Images.Set("*acme/shop*", behaviour);
        if (Good.Length > 0)
        {
            Aws.Images.Set($"*acme/shop:{Good}*", new ImageBehaviour.Healthy());
        }

        return await SettleAsync();
    }

    public async Task<string> AfterAsync(Action<FaultRules> goesWrong, string? manifest = null)
    {
        goesWrong(Faults);
        return await SettleAsync(manifest);
    }
}
