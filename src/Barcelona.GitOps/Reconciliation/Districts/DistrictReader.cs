using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>What a district's run wants.</summary>
/// <param name="Hash">Of its file.</param>
/// <param name="Remarks">Warnings of the file.</param>
public sealed record WantedDistrict(District District, AwsSession Session, string Hash, ImmutableArray<Diagnostic> Remarks);

/// <summary>Reads a district's file at the run's commit, and opens the session that its role gives: for the platform repository and this commit.</summary>
public sealed class DistrictReader(PlatformRepository platform, AwsSessions sessions, AccountCheck accounts)
{
    /// <summary>The district; or, in its place, what stands against it.</summary>
    public async Task<(WantedDistrict? Wanted, ImmutableArray<Diagnostic> Refusals)> ReadAsync(Run run, CancellationToken cancellationToken)
    {
        var files = await platform.ReadAsync(new(run.Installation, run.Repository, run.Commit), cancellationToken);
        if (files.ByName.GetValueOrDefault(run.District) is not { Value: { } district, HasErrors: false } file)
        {
            var path = $"districts/{run.District}.yml";
            return (null, files.ByName.GetValueOrDefault(run.District)?.Diagnostics
                ?? [FileDiagnostics.Missing(path, $"There is no {path} at {run.Commit.Abbreviated}.")]);
        }

        if (await accounts.FindOtherAsync(district, cancellationToken) is { } other)
        {
            return (null, [.. file.Diagnostics, AccountDiagnostics.Wrong(district.PlaceOf("account"), district.Name, (district.Account, other))]);
        }

        var session = sessions.For(district, new SessionPurpose(run.Repository, run.Commit, run.Actor));
        return (new(district, session, files.Hashes[run.District], file.Diagnostics), []);
    }
}
