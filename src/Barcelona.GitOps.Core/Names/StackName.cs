namespace Barcelona.GitOps.Core.Names;

/// <summary>The name of a CloudFormation stack that is ours: made by the factories below, at most 128 characters, injective.</summary>
public sealed record StackName
{
    private StackName(string value) => Value = value;

    public string Value { get; }

    public static StackName District(string district) => new(StackNaming.Join("barcelona-" + district));

    public static StackName Endpoint(string district, string endpoint) => new(StackNaming.Join("barcelona-endpoint", district, endpoint));

    public static StackName Heritage(string district, string heritage) => new(StackNaming.Join("barcelona-heritage", district, heritage));

    public static StackName App(string district, string heritage) => new(StackNaming.Join("barcelona-app", district, heritage));

    public override string ToString() => Value;
}
