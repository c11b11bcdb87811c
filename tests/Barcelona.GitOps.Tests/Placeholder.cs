namespace Barcelona.GitOps.Tests;

public sealed class Placeholder { [Fact] public void Runs() { } }
