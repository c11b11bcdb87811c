using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Storage.Work;

/// <summary>What lanes are about, and how their keys are written.</summary>
public static class LaneKinds
{
    /// <summary>A branch or tag was pushed. Key: <see cref="RefKey"/>.</summary>
    public const string Ref = "ref";

    /// <summary>A heritage is to be converged. Key: <see cref="TargetKey"/>.</summary>
    public const string Target = "target";

    /// <summary>A district is to be converged. Key: its name.</summary>
    public const string District = "district";

    /// <summary>A pull request's head wants its check. Key: <see cref="PullKey"/>.</summary>
    public const string Pull = "pull";

    /// <summary>A commit wants the check of its file. Key: <see cref="CommitKey"/>.</summary>
    public const string Commit = "commit";

    /// <summary>A district's channels are to be told what happened. Key: the district's name.</summary>
    public const string Notice = "notice";

    /// <summary>What was missed is to be found. One lane.</summary>
    public const string Sweep = "sweep";

    /// <summary><c>acme/shop@refs/heads/main</c>; the repository in lower case, since GitHub does not tell <c>Acme/Shop</c> apart.</summary>
    public static string RefKey(RepositoryName repository, GitRef gitRef) => $"{StoredName.Of(repository)}@{gitRef}";

    /// <summary><c>district/heritage</c>.</summary>
    public static string TargetKey(string district, string heritage) => $"{district}/{heritage}";

    /// <summary><c>acme/shop#12</c>.</summary>
    public static string PullKey(RepositoryName repository, int number) => $"{StoredName.Of(repository)}#{number}";

    /// <summary><c>acme/shop@</c> and 40 hexadecimal digits.</summary>
    public static string CommitKey(RepositoryName repository, CommitSha commit) => $"{StoredName.Of(repository)}@{commit}";
}
