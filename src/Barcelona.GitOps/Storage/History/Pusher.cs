namespace Barcelona.GitOps.Storage.History;

/// <param name="Commit">40 hexadecimal digits.</param>
public sealed record Pusher(string Commit, string Login);
