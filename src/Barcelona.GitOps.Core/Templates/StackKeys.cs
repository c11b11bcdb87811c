namespace Barcelona.GitOps.Core.Templates;

/// <summary>Names that templates, planner and adapters agree on: parameters, outputs and tags of our stacks.</summary>
public static class StackKeys
{
    public const string DistrictTag = "barcelona:district";
    public const string HeritageTag = "barcelona:heritage";
    public const string EnvironmentTag = "barcelona:environment";

    /// <summary>The owner of a heritage is the repository on its stack.</summary>
    public const string RepositoryTag = "barcelona:repository";

    public const string FingerprintParameter = "Fingerprint";
    public const string CommitParameter = "Commit";
    public const string RefParameter = "Ref";
    public const string ReleaseParameter = "Release";
    public const string ImageParameter = "Image";

    public const string TaskRoleOutput = "TaskRoleArn";
    public const string ExecutionRoleOutput = "TaskExecutionRoleArn";
    public const string LogGroupOutput = "LogGroupName";

    /// <summary>Output of the app stack per service: the service's ARN.</summary>
    public static string ServiceOutput(string logicalId) => logicalId + "Arn";
}
