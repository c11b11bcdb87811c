namespace Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

/// <summary>A history after which something was not true.</summary>
internal sealed class ViolationException(string what) : Exception(what);
