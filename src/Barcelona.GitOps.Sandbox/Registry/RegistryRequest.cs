namespace Barcelona.GitOps.Sandbox.Registry;

/// <summary>A question that arrived.</summary>
/// <param name="Host">The registry that was asked.</param>
/// <param name="Image">As barcelona.yml has it, with tag or digest; empty for a token.</param>
/// <param name="Authorization">The scheme: Basic, Bearer, or empty.</param>
public sealed record RegistryRequest(string Method, string Host, string Image, string Authorization, int StatusCode);
