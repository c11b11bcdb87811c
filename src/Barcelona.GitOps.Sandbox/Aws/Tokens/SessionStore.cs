namespace Barcelona.GitOps.Sandbox.Aws.Tokens;

/// <summary>Access keys that AssumeRole has handed out, and which roles ask for an external id.</summary>
internal sealed class SessionStore
{
    private readonly Dictionary<string, AssumedRole> _sessions = [];
    private readonly Dictionary<string, string> _externalIds = [];

    /// <summary>The access key of the call that is being answered.</summary>
    public string? Caller { get; set; }

    public IEnumerable<AssumedRole> All => _sessions.Values;

    public void RequireExternalId(string roleArn, string externalId) => _externalIds[roleArn] = externalId;

    public bool Allows(string roleArn, string? externalId) => !_externalIds.TryGetValue(roleArn, out var required) || required == externalId;

    public void Add(string accessKey, AssumedRole session) => _sessions[accessKey] = session;

    public AssumedRole? Find(string? accessKey) => accessKey is null ? null : _sessions.GetValueOrDefault(accessKey);
}
