using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Notifications;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Slack;
using Barcelona.GitOps.Storage.Notifications;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>The channels that a district's file names, and what is wrong with them.</summary>
public sealed class NoticeChannels(
    WebhookSecretReader secrets, AwsSecretsReader descriptions, SlackSender slack, StackReader stacks, NoticeLog log)
{
    public ImmutableArray<INoticeChannel> Of(District district) =>
    [
        .. district.Notifications
            .Select(INoticeChannel (n) => n.Secret is { } secret ? new SlackChannel(secret, secrets, slack) : new TopicChannel(stacks))
            .DistinctBy(c => c.Name, StringComparer.Ordinal),
    ];

    /// <summary>For the district's check: secrets that are not there, and channels whose last message did not arrive. Never an error.</summary>
    public async Task<ImmutableArray<Diagnostic>> RemarksAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var district = session.District;
        if (district.Notifications.IsEmpty)
        {
            return [];
        }

        var troubles = (await log.ChannelsAsync(district.Name, cancellationToken)).Where(c => c.Trouble is not null)
            .ToDictionary(c => c.Channel, c => c.Trouble ?? "", StringComparer.Ordinal);
        foreach (var secret in await MissingAsync(session, cancellationToken))
        {
            troubles[$"slack:{secret}"] = $"the secret 'barcelona/{district.Name}/{secret.Split('#')[0]}' is not there.";
        }

        return
        [
            .. Of(district).Where(c => troubles.ContainsKey(c.Name))
                .Select(c => NotificationDiagnostics.NotHeard(district.PlaceOf("notifications"), c.Name, troubles[c.Name])),
        ];
    }

    private async Task<string[]> MissingAsync(AwsSession session, CancellationToken cancellationToken)
    {
        string[] named = [.. session.District.Notifications.Select(n => n.Secret).OfType<string>()];
        try
        {
            var found = await descriptions.FindSecretsAsync(session, [.. named.Select(s => s.Split('#')[0])], cancellationToken);
            return [.. named.Where(s => found.Missing.Contains(s.Split('#')[0], StringComparer.Ordinal))];
        }
        catch (Exception e) when (e is AwsDeniedException or AwsUnavailableException)
        {
            // It will be said when a message does not arrive: no run waits for it, or fails.
            return [];
        }
    }
}
