using System.Collections.Concurrent;

namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>Users, organizations and teams. A login that is asked for and unknown is nobody: it is never made up on the way.</summary>
public sealed class SandboxPeople(Sequence ids)
{
    private readonly ConcurrentDictionary<string, SandboxUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _memberships = new(StringComparer.OrdinalIgnoreCase);

    public SandboxUser? Find(string login) => _users.GetValueOrDefault(login);

    public SandboxUser? FindByToken(string token) => _users.Values.FirstOrDefault(u => u.Token == token);

    public SandboxUser AddUser(string login) => Add(login, "User");

    public SandboxUser AddOrganization(string login) => Add(login, "Organization");

    public SandboxUser AddBot(string login) => Add(login, "Bot");

    /// <summary>Team as `org/slug`; role member or maintainer, state active or pending.</summary>
    public void AddToTeam(string team, string login, string role = "member", string state = "active") =>
        _memberships[$"{team}/{login}"] = $"{role} {state}";

    public void RemoveFromTeam(string team, string login) => _memberships.TryRemove($"{team}/{login}", out _);

    public (string Role, string State)? Membership(string team, string login) =>
        _memberships.TryGetValue($"{team}/{login}", out var value) && value.Split(' ') is [var role, var state] ? (role, state) : null;

    private SandboxUser Add(string login, string type) =>
        _users.GetOrAdd(login, name => new SandboxUser(ids.Next(), name, type) { Token = $"ghp_{Guid.NewGuid():N}" });
}
