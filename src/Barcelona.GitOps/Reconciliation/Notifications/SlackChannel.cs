using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Notifications;
using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Slack;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>An incoming webhook, whose address is a secret of the district.</summary>
internal sealed class SlackChannel(string secret, WebhookSecretReader secrets, SlackSender sender) : INoticeChannel
{
    public string Name => $"slack:{secret}";

    public bool IsForPeople => true;

    public async Task<Telling> TellAsync(AwsSession session, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        // Read when it is used: who exchanges it need tell nobody.
        if (await secrets.ReadAsync(session, secret, cancellationToken) is not { } address)
        {
            return new Telling.Failed($"the secret 'barcelona/{session.District.Name}/{secret}' is not there, or holds no address", After: null);
        }

        return await sender.SendAsync(address, SlackMessage.Of(notices), cancellationToken) switch
        {
            SlackAnswer.Heard => new Telling.Told(),
            SlackAnswer.Unfit(var why) => new Telling.Dropped(why),
            SlackAnswer.NotHeard(var why, var after) => new Telling.Failed(why, after),
            var other => throw new InvalidOperationException($"An answer that nobody knows: {other.GetType().Name}."),
        };
    }
}
