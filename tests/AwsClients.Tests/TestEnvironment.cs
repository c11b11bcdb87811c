using System.Runtime.CompilerServices;

namespace AwsClients.Tests;

internal static class TestEnvironment
{
    /// <summary>No test may look for credentials on the machine or ask an instance metadata service.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Must run before the SDK reads its environment.")]
    internal static void Isolate()
    {
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        foreach (var name in new[] { "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
