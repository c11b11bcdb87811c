namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>The stack remembers which endpoints the district makes, because a file that no longer names one says nothing of it.</summary>
internal static class EndpointRecord
{
    public static TemplatePart Of(DistrictContext context) => new()
    {
        Parameters =
        [
            new(DistrictStackKeys.EndpointsParameter, "String", "Endpoints that the district makes",
                string.Join(',', context.District.Endpoints.Where(e => e.Existing is null).Select(e => e.Name).Order(StringComparer.Ordinal)))
            { IsRecord = true },
        ],
    };
}
