using LibGit2Sharp;
using Microsoft.Extensions.Options;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>Runs work on mirrors: one at a time per mirror, on a thread that may block, within the time limit, mending what is damaged.</summary>
public sealed partial class MirrorSessions(Mirrors mirrors, IOptions<GitOptions> options, TimeProvider time, ILogger<MirrorSessions> logger)
{
    internal async Task<T> RunAsync<T>(GitAccess access, Func<MirrorSession, T> work, CancellationToken cancellationToken)
    {
        Guard(access);
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var token = either.Token;
        var mirror = mirrors.Of(access);
        try
        {
            await mirror.Gate.WaitAsync(token);

            // Not cancelled by the token: once it holds the gate, it is the thread that gives it back.
            return await Task.Run(() => Hold(mirror, access, work, token), CancellationToken.None).WaitAsync(token);
        }
        catch (Exception e) when (e is OperationCanceledException or UserCancelledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            mirrors.Abandon(access, mirror);
            throw new GitUnavailableException(GitFailure.TimedOut, $"{access} gave no answer within {options.Value.Timeout.TotalSeconds:F0} s.", e);
        }
    }

    private T Hold<T>(Mirror mirror, GitAccess access, Func<MirrorSession, T> work, CancellationToken token)
    {
        try
        {
            return Attempt(mirror, access, work, token);
        }
        catch (LibGit2SharpException e) when (e is not UserCancelledException)
        {
            if (GitErrors.Translate(e, access) is { } translated)
            {
                throw translated;
            }

            LogDamaged(access.ToString(), e.Message);
            mirror.Delete();
            return AttemptAfresh(mirror, access, work, token);
        }
        finally
        {
            mirror.Gate.Release();
        }
    }

    private static T AttemptAfresh<T>(Mirror mirror, GitAccess access, Func<MirrorSession, T> work, CancellationToken token)
    {
        try
        {
            return Attempt(mirror, access, work, token);
        }
        catch (LibGit2SharpException e) when (e is not UserCancelledException)
        {
            throw GitErrors.Translate(e, access) ?? new GitUnavailableException(GitFailure.Network, $"{access} cannot be read: {e.Message}.", e);
        }
    }

    private static T Attempt<T>(Mirror mirror, GitAccess access, Func<MirrorSession, T> work, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var repository = mirror.Open(access);
        return work(new(repository, new(repository, access, token), access));
    }

    private static void Guard(GitAccess access)
    {
        var url = access.CloneUrl;
        if (url.UserInfo.Length > 0 || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new ArgumentException($"{access}: an https URL without credentials is expected (plain http only on loopback).", nameof(access));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mirror of {Repository} is damaged and fetched again: {Reason}")]
    private partial void LogDamaged(string repository, string reason);
}
