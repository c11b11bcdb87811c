namespace Barcelona.GitOps.Storage;

/// <summary>What is to be found in the service's tables cannot be: there are none, or they are not of this version.</summary>
public sealed class NoDatabaseException(string message) : Exception(message);
