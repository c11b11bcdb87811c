using System.Collections.Immutable;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <param name="Reading">The last one; services that converged are not looked at. Null: there was none, all are.</param>
/// <param name="Token">Of the stack operation whose events count.</param>
public sealed record FailureQuery(ExpectedRollout Expected, RolloutReading? Reading, string Token);

/// <param name="Logs">Raw; kept apart from the facts because they may be shown to fewer people.</param>
public sealed record CollectedEvidence(FailureFacts Facts, ImmutableArray<ContainerLog> Logs);
