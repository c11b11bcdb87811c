namespace AwsClients.Wire;

/// <summary>The parameters of the endpoint rules, as the service models name them.</summary>
internal static class EndpointParameterNames
{
    public const string Endpoint = "Endpoint";
    public const string Region = "Region";
    public const string UseDualStack = "UseDualStack";
    public const string UseFips = "UseFIPS";
}
