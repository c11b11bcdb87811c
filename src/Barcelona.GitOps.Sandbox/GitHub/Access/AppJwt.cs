using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Access;

/// <summary>Verifies the tokens that an App signs with its key. Rules and words:
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app</summary>
internal sealed class AppJwt(RSA key, SandboxGitHubOptions options)
{
    private const int LongestLifeSeconds = 600;

    /// <summary>GitHub forgives a clock that runs this much ahead.</summary>
    private const int DriftSeconds = 60;

    /// <summary>Null: accepted. Otherwise the message of the 401.</summary>
    public string? Refuse(string token)
    {
        if (token.Split('.') is not [var header, var payload, var signature] || !SignatureHolds($"{header}.{payload}", signature))
            return "A JSON web token could not be decoded";
        if (!Read(header).TryGetProperty("alg", out var algorithm) || algorithm.GetString() != "RS256")
            return "A JSON web token could not be decoded";
        var claims = Read(payload);
        if (!claims.TryGetProperty("iss", out var issuer) || !IsThisApp(issuer))
            return "'Issuer' claim ('iss') must be an Integer";
        return RefuseTimes(claims);
    }

    private string? RefuseTimes(JsonElement claims)
    {
        var now = options.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (Seconds(claims, "iat") is not { } issuedAt || issuedAt > now + DriftSeconds)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        if (Seconds(claims, "exp") is not { } expires || expires <= now)
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
        return expires > now + LongestLifeSeconds ? "'Expiration time' claim ('exp') is too far in the future" : null;
    }

    private bool SignatureHolds(string signed, string signature) =>
        Base64Url.IsValid(signature)
        && key.VerifyData(Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private bool IsThisApp(JsonElement issuer) => issuer.ValueKind switch
    {
        JsonValueKind.Number => issuer.GetInt64() == options.AppId,
        JsonValueKind.String => issuer.GetString() is { } text && (text == $"{options.AppId}" || text == $"Iv1.{options.AppId}"),
        _ => false,
    };

    private static JsonElement Read(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;

    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? (long)value.GetDouble() : null;
}
