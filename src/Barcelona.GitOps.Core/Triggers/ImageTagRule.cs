using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>How the image tag of a deploy comes about.</summary>
public abstract record ImageTagRule
{
    private ImageTagRule() { }

    /// <summary><c>image_tag</c> of the file, or the default of the ref's kind: see <see cref="ImageTag.Render"/>.</summary>
    /// <param name="Text">Null: the default.</param>
    public sealed record Pattern(string? Text) : ImageTagRule;

    /// <summary>bcnd's stable branch: the tag is the full hash of the merge base of both branches' heads.</summary>
    public sealed record MergeBase(GitRef Mainline, GitRef Stable) : ImageTagRule;
}
