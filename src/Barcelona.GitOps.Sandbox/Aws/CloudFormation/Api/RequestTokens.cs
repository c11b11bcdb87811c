using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>ClientRequestToken: the same token with the same action is the same request, with another action it is refused.</summary>
internal static class RequestTokens
{
    /// <summary>True when this very request has been accepted before, so that nothing is to be done.</summary>
    public static bool Repeated(Stack stack, string action, string? token)
    {
        if (token is null || !stack.Tokens.TryGetValue(token, out var known)) return false;
        return known == action
            ? true
            : throw new AwsErrorException("TokenAlreadyExistsException", $"A client request token already exists for a different operation: {token}");
    }

    /// <summary>The operation that now begins; its events carry the token.</summary>
    public static void Begin(Stack stack, string action, string? token)
    {
        stack.Token = token;
        if (token is not null) stack.Tokens[token] = action;
    }
}
