namespace Barcelona.GitOps.Reconciliation.Notifications;

internal static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<Notices>()
        .AddSingleton<NoticeChannels>()
        .AddSingleton<NoticeQueue>()
        .AddSingleton<NoticeSpeaker>()
        .AddSingleton<ILaneWorker, NoticeWorker>();
}
