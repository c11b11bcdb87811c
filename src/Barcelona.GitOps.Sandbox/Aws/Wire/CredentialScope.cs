namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>
/// Who signs and for which region, from the <c>Credential=key/date/region/service/aws4_request</c> of SigV4. Signatures are not checked.
/// </summary>
internal sealed record CredentialScope(string? AccessKey, string? Region)
{
    private static readonly CredentialScope None = new(null, null);

    public static CredentialScope Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        const string Marker = "Credential=";
        var start = header.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0) return None;
        var parts = header[(start + Marker.Length)..].Split(',', 2)[0].Split('/');
        return parts.Length < 5 ? None : new CredentialScope(parts[0], parts[2]);
    }
}
