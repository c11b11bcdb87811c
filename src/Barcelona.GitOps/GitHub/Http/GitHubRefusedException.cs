using System.Net;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>GitHub said no, and will say no again: a missing permission, an unknown repository, a request it does not accept.</summary>
public sealed class GitHubRefusedException(HttpStatusCode status, string message, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>GitHub also answers 404 for what exists but may not be seen.</summary>
    public bool IsNotFound => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}
