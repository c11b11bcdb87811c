using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// What a machine needs to be reached by Session Manager, and no more: the managed policy for it also reads every parameter of the account.
/// https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
/// </summary>
internal static class SessionAccess
{
    public static readonly string[] Actions = [.. Channels(), "ssm:UpdateInstanceInformation"];

    /// <summary>Also those of ECS Exec. They know no resource to be limited to.</summary>
    public static IEnumerable<string> Channels() =>
        Iam.Actions("ssmmessages", "CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel");

    public static JsonObject Policy() => Iam.Policy("sessions", Iam.Allow(Actions, "*"));
}
