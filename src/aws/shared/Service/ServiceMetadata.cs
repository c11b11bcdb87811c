using Amazon.Runtime.Internal;

namespace AwsClients.Wire;

/// <summary>What the pipeline asks about the service for the user agent and metrics.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId { get; } = serviceId;

    /// <summary>Operations whose class names differ from their names on the wire: there are none.</summary>
    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(0);
}
