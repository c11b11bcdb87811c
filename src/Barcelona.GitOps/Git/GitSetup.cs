using Barcelona.GitOps.Git.Mirroring;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Git;

public static class GitSetup
{
    /// <summary>Everything that reads git repositories.</summary>
    public static IServiceCollection AddGit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GitOptions>().Bind(configuration.GetSection(GitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GitOptions>, GitOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CacheDirectory>();
        services.AddSingleton<Mirrors>();
        services.AddSingleton<MirrorSessions>();
        services.TryAddSingleton<IManifestSource, LibGit2ManifestSource>();
        return services;
    }
}
