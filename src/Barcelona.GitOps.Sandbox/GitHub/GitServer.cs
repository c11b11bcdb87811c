using System.Text;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>
/// git over HTTP: lets in who may read or push, and turns what a push changed into the same webhooks as any other push.
/// </summary>
internal sealed class GitServer(SandboxGitHub github, GitHttpBackend backend)
{
    public async Task HandleAsync(HttpContext context, string path)
    {
        var fault = github.Faults.Down ? null : github.Faults.Next(context.Request.Method, "/git" + path);
        if (fault is Fault.Status { Code: >= 400 and < 500 } refusal)
        {
            context.Response.StatusCode = refusal.Code;
            return;
        }
        if (github.Faults.Down || fault is not null)
        {
            context.Abort();
            return;
        }
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [var owner, var name, ..]
            || github.FindRepository(owner, name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name) is not { } repository)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var pushing = path.EndsWith("/git-receive-pack", StringComparison.Ordinal) || context.Request.Query["service"] == "git-receive-pack";
        var (user, status) = LetIn(context.Request.Headers.Authorization.ToString(), repository, pushing);
        if (status != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = status;
            if (status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            return;
        }
        var inside = $"/{repository.FullName}.git{path[(owner.Length + name.Length + 2)..]}";
        if (user is not null && HttpMethods.IsPost(context.Request.Method) && pushing)
            await ReceiveAsync(context, repository, user, inside);
        else
            await backend.RunAsync(context, inside, user?.Login);
    }

    private async Task ReceiveAsync(HttpContext context, SandboxRepository repository, SandboxUser pusher, string inside)
    {
        IReadOnlyList<RefChange> changes;
        await repository.RefGate.WaitAsync(context.RequestAborted);
        try
        {
            var before = repository.Git.References();
            await backend.RunAsync(context, inside, pusher.Login);
            changes = RefComparison.Between(before, repository.Git.References());
        }
        finally
        {
            repository.RefGate.Release();
        }
        await repository.PushedAsync(changes, pusher);
    }

    /// <summary>Users bring their own token and installations theirs as `x-access-token`; what is public may be read by anybody.</summary>
    private (SandboxUser? User, int Status) LetIn(string authorization, SandboxRepository repository, bool pushing)
    {
        if (authorization.Length == 0)
            return Anonymous(repository, pushing);
        if (Password(authorization) is not { } password)
            return (null, StatusCodes.Status401Unauthorized);
        if (github.Tokens.Find(password) is { } token)
        {
            if (!token.Covers(repository) || !token.Allows("contents", write: false))
                return (null, repository.Private ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
            return pushing && !token.Allows("contents", write: true) ? (null, StatusCodes.Status403Forbidden) : (github.Bot, StatusCodes.Status200OK);
        }
        if (github.People.FindByToken(password) is not { } user)
            return (null, StatusCodes.Status401Unauthorized);
        return repository.PermissionOf(user) switch
        {
            "admin" or "write" => (user, StatusCodes.Status200OK),
            "none" => (null, StatusCodes.Status404NotFound),
            _ => pushing ? (null, StatusCodes.Status403Forbidden) : (user, StatusCodes.Status200OK),
        };
    }

    private (SandboxUser? User, int Status) Anonymous(SandboxRepository repository, bool pushing)
    {
        if (github.Options.AnonymousPusher is { } login)
            return (github.People.AddUser(login), StatusCodes.Status200OK);
        return repository.Private || pushing ? (null, StatusCodes.Status401Unauthorized) : (null, StatusCodes.Status200OK);
    }

    private static string? Password(string authorization)
    {
        if (authorization.Split(' ', 2) is not ["Basic" or "basic", var encoded])
            return null;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }
}
