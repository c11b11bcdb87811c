using System.CommandLine;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Reconciliation.Platform;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Commands;

/// <summary>A district as a person's own AWS credentials reach it: not by the role that the service assumes.</summary>
internal sealed record CommandDistrict(AwsSession Session, ServiceProvider Services)
{
    public static Option<string?> PlatformOption() => new("--platform")
    {
        Description = "The folder with districts/*.yml. Default: the setting Platform__Directory.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Platform__Directory"),
    };

    /// <exception cref="CommandInputException">
    /// There is no such district, its file has mistakes, or the credentials are of another account.
    /// </exception>
    public static async Task<CommandDistrict> OpenAsync(string name, string? platform, CancellationToken cancellationToken)
    {
        var district = (await ReadAsync(name, platform, cancellationToken)) with { Role = null };
        var services = Aws();
        if (await services.GetRequiredService<AccountCheck>().FindOtherAsync(district, cancellationToken) is { } other)
        {
            throw new CommandInputException(
                $"District '{name}' is in account {district.Account}, and the credentials in use are of account {other}. Nothing was changed.");
        }

        return new(services.GetRequiredService<AwsSessions>().Own(district), services);
    }

    /// <exception cref="CommandInputException">Nobody said where.</exception>
    public static async Task<DistrictFiles> AllAsync(string? platform, CancellationToken cancellationToken)
    {
        var folder = platform ?? throw new CommandInputException("Say where the district files are: --platform FOLDER, or Platform__Directory.");
        return await new DirectoryDistricts(Options.Create(new PlatformOptions { Directory = folder })).ReadAsync(cancellationToken);
    }

    /// <summary>The parts that speak to AWS, with settings from the environment.</summary>
    public static ServiceProvider Aws(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddAws(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static async Task<District> ReadAsync(string name, string? platform, CancellationToken cancellationToken)
    {
        var files = (await AllAsync(platform, cancellationToken)).ByName;
        return !files.TryGetValue(name, out var file)
                ? throw new CommandInputException($"There is no district '{name}'; there are {string.Join(", ", files.Keys)}.")
            : file is { Value: { } district, HasErrors: false } ? district
            : throw new CommandInputException(string.Join('\n', file.Diagnostics));
    }
}
