using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Reconciliation.BeforeDeploy;
using Barcelona.GitOps.Reconciliation.Districts;
using Barcelona.GitOps.Reconciliation.Gates;
using Barcelona.GitOps.Reconciliation.GivingUp;
using Barcelona.GitOps.Reconciliation.Heads;
using Barcelona.GitOps.Reconciliation.Images;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Notifications;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Requests;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Reconciliation.Sweeping;
using Barcelona.GitOps.Storage;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation;

internal static class ReconciliationSetup
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WorkerOptions>().Bind(configuration.GetSection(WorkerOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection(PlatformOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlatformOptions>, PlatformOptionsValidator>();
        services.AddOptions<PublicUrlOptions>().Bind(configuration.GetSection(PublicUrlOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PublicUrlOptions>, PublicUrlOptionsValidator>();

        services.AddSingleton<PlatformRepository>();
        services.AddSingleton<DirectoryDistricts>();
        services.AddSingleton<RepositoryDistricts>();
        services.AddSingleton<IDistrictSource>(
            provider => provider.GetRequiredService<IOptions<PlatformOptions>>().Value.Repository is { Length: > 0 }
            ? provider.GetRequiredService<RepositoryDistricts>()
            : provider.GetRequiredService<DirectoryDistricts>());

        AddIntake(services);
        AddSweep(services);
        AddRuns(services);
        AddReleases(services);
        services.AddActs();
        services.AddNotifications();
        AddDistricts(services);
        AddJobs(services, configuration);
        return services;
    }

    private static void AddIntake(IServiceCollection services)
    {
        services.AddSingleton<DeliveryProcessor>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<RepositoryAccess>();
        services.AddSingleton<ManifestReader>();
        services.AddSingleton<RefResolver>();
        services.AddSingleton<DeployStarter>();
        services.AddSingleton<FileCheck>();
        services.AddSingleton<UnreadablePlatform>();
        services.AddSingleton<OvertakenReporter>();
        services.AddSingleton<RefMessages>();
        services.AddSingleton<ILaneWorker, RefWorker>();
        services.AddSingleton<ILaneWorker, PullWorker>();
        services.AddSingleton<ILaneWorker, CommitWorker>();
    }

    private static void AddSweep(IServiceCollection services)
    {
        services.AddSingleton<InstalledRepositories>();
        services.AddSingleton<MissedRefs>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<ILaneWorker, SweepWorker>();
    }

    private static void AddRuns(IServiceCollection services)
    {
        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunWorker>();
        services.AddSingleton<RequestRights>();
        services.AddSingleton<ApprovalRights>();
        services.AddSingleton<RequestHandler>();
        services.AddSingleton<RunReporter>();
        services.AddSingleton<LostRuns>();
        services.AddSingleton<RunTexts>();
        services.AddSingleton<RollbackTexts>();
        services.AddSingleton<StuckStacks>();
        services.AddSingleton<StackStarter>();
        services.AddSingleton<OwnOperations>();
        services.AddSingleton<CauseFinder>();
    }

    private static void AddDistricts(IServiceCollection services)
    {
        services.AddSingleton<MadeDistricts>();
        services.AddSingleton<DistrictStarter>();
        services.AddSingleton<RemovedDistricts>();
        services.AddSingleton<DistrictReader>();
        services.AddSingleton<DistrictInputReader>();
        services.AddSingleton<DistrictChecks>();
        services.AddSingleton<DistrictNewestCheck>();
        services.AddSingleton<DistrictStepTaker>();
        services.AddSingleton<DistrictReconciler>();
        services.AddSingleton<ILaneWorker, DistrictWorker>();
    }

    private static void AddReleases(IServiceCollection services)
    {
        services.AddSingleton<ReleaseReader>();
        services.AddSingleton<DeployRights>();
        services.AddSingleton<CheckGate>();
        services.AddSingleton<ApprovalGate>();
        services.AddSingleton<DeployGates>();
        services.AddSingleton<References>();
        services.AddSingleton<ReferenceReader>();
        services.AddSingleton<NewestCheck>();
        services.AddSingleton<HeldCommits>();
        services.AddSingleton<NewerHead>();
        services.AddSingleton<SkippedPush>();
        services.AddSingleton<ReleaseRecorder>();
        services.AddSingleton<RestoredRelease>();
        services.AddSingleton<Stopping>();
        services.AddSingleton<RestartCheck>();
        services.AddSingleton<BegunReleases>();
        services.AddSingleton<BeginnerOfOperation>();
        services.AddSingleton<FailFast>();
        services.AddSingleton<StepTaker>();
        services.AddSingleton<BeforeDeployRunner>();
        services.AddSingleton<BeforeDeployEnd>();
        services.AddSingleton<Judge>();
        services.AddSingleton<ImageTags>();
        services.AddSingleton<RegistryLogins>();
        services.AddSingleton<ImageLookup>();
        services.AddSingleton<ImageWaiter>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<ILaneWorker, TargetWorker>();
    }

    private static void AddJobs(IServiceCollection services, IConfiguration configuration)
    {
        services.AddTransient<ReconcileJob>();
        services.AddSingleton<WorkPump>();
        services.TryAddSingleton<IJobQueue, HangfireJobQueue>();
        services.AddHangfire((provider, hangfire) =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            var database = provider.GetRequiredService<Database>();
            var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
            if (database.Dialect == Dialect.PostgreSql)
            {
                // Long polling loses wake-ups under load; polling does not. A job is one pass: what came of it is in our tables.
                hangfire.UsePostgreSqlStorage(
                    storage => storage.UseNpgsqlConnection(options.EffectiveConnectionString),
                    new PostgreSqlStorageOptions
                    {
                        EnableLongPolling = false,
                        QueuePollInterval = TimeSpan.FromMilliseconds(250),
                        InvisibilityTimeout = TimeSpan.FromMinutes(1),
                        UseSlidingInvisibilityTimeout = true,
                        PrepareSchemaIfNecessary = true,
                    })
                    .WithJobExpirationTimeout(TimeSpan.FromHours(1));
            }
            else
            {
                hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(1) });
            }
        });

        var worker = configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>() ?? new();
        if (worker.Enabled)
        {
            services.AddHostedService<WorkLoop>();
            services.AddHangfireServer(server =>
            {
                server.WorkerCount = worker.Parallelism;
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
                server.CancellationCheckInterval = TimeSpan.FromSeconds(1);
                server.ShutdownTimeout = TimeSpan.FromSeconds(20);
            });
        }
    }
}
