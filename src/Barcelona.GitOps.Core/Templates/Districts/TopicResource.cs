namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>
/// Where the district says what happened. Not encrypted with a key of SNS's own: alarms and event rules could not publish to it.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
/// </summary>
internal static class TopicResource
{
    public const string Topic = "NotificationTopic";

    private const int LongestDisplayName = 100;

    public static TemplatePart Of(DistrictContext context)
    {
        var name = $"district-{context.District.Name}-notification";
        return new()
        {
            Resources =
            [
                new(Topic, Cfn.Resource("AWS::SNS::Topic", new() { ["DisplayName"] = name[..Math.Min(name.Length, LongestDisplayName)] })),
            ],
            Outputs = [new(DistrictStackKeys.TopicOutput, Cfn.Ref(Topic))],
        };
    }
}
