namespace Barcelona.GitOps.Core.Templates;

/// <summary>Names a listener rule for life, so that its priority stays when the file is reordered.</summary>
public static class RuleSlot
{
    /// <param name="ordinal">From 0: counts the listeners of one service on one endpoint.</param>
    public static string Of(string service, string endpoint, int ordinal) =>
        ordinal == 0 ? $"{service}/{endpoint}" : $"{service}/{endpoint}/{ordinal}";

    /// <summary>The endpoint that a slot is on.</summary>
    public static string EndpointOf(string slot) => slot.Split('/')[1];
}
