using LibGit2Sharp;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>What a failure of libgit2 means. It says so in words only: no code comes through, so the words are what there is to go by.</summary>
internal static class GitErrors
{
    /// <summary>What our own credentials callback says when it has nothing more to offer.</summary>
    public const string NotAccepted = "the token is not accepted";

    private const string HttpStatus = "unexpected http status code: ";

    private static readonly string[] RefusedWords =
    [
        NotAccepted, "authentication required", "authentication replays", "cannot redirect",
        HttpStatus + "301", HttpStatus + "302", HttpStatus + "307", HttpStatus + "308",
        HttpStatus + "401", HttpStatus + "403", HttpStatus + "404", HttpStatus + "410",
    ];

    private static readonly string[] NetworkWords =
    [
        HttpStatus, "failed to connect", "failed to resolve", "ssl", "certificate", "content-type", "timed out", "eof", "socket", "connection",
        "network",
        "could not read from remote", "failed to send", "failed to receive", "error reading", "unexpected end", "disconnect",
    ];

    // What a server says to a hash that it does not have, or says by closing the conversation.
    private static readonly string[] MissingWords = ["could not read from remote", "not our ref", "remote error"];

    /// <summary>An exact commit was asked for, and the server has no such thing. A connection that breaks may look the same.</summary>
    public static bool MayMeanMissing(LibGit2SharpException error) => Says(error, MissingWords);

    /// <summary>Null: nothing that a remote does, so the mirror itself must be damaged.</summary>
    public static GitUnavailableException? Translate(LibGit2SharpException error, GitAccess access)
    {
        if (Says(error, RefusedWords))
        {
            return new(GitFailure.Refused, $"{access} refuses to be read: {error.Message}.", error);
        }

        return Says(error, NetworkWords) ? new(GitFailure.Network, $"{access} cannot be read: {error.Message}.", error) : null;
    }

    private static bool Says(LibGit2SharpException error, string[] words) =>
        words.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
