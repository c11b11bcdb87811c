using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>What people ask for by name. Needs the tables alone: the service, wherever it runs, does it.</summary>
internal static class ActsSetup
{
    public static IServiceCollection AddActs(this IServiceCollection services) => services
        .AddSingleton<NewRuns>()
        .AddSingleton<KnownTargets>()
        .AddSingleton<Approvings>()
        .AddSingleton<Rollbacks>()
        .AddSingleton<Restarts>()
        .AddSingleton<Cancellations>();
}
