using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>The topic that the district's stack makes. Whoever wants to hear subscribes there, and filters as he likes.</summary>
internal sealed class TopicChannel(StackReader stacks) : INoticeChannel
{
    // For the length of a pass: a storm of messages must not use up the calls that deploys need.
    private string? _topic;

    public string Name => "sns";

    public bool IsForPeople => false;

    public async Task<Telling> TellAsync(AwsSession session, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        _topic ??= await FindAsync(session, cancellationToken);
        if (_topic is null)
        {
            // While the district is being made, or after it has gone: nobody can have subscribed.
            return new Telling.Dropped("the district has no topic");
        }

        foreach (var notice in notices)
        {
            if (!await session.Sns.PublishAsync(_topic, TopicMessage.Of(notice), cancellationToken))
            {
                return new Telling.Dropped("the topic is gone");
            }
        }

        return new Telling.Told();
    }

    private async Task<string?> FindAsync(AwsSession session, CancellationToken cancellationToken) =>
        (await stacks.FindAsync(session, StackName.District(session.District.Name), cancellationToken))
            ?.Outputs.GetValueOrDefault(DistrictStackKeys.TopicOutput) is { Length: > 0 } topic ? topic : null;
}
