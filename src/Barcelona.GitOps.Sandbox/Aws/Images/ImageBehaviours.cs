using System.IO.Enumeration;

namespace Barcelona.GitOps.Sandbox.Aws.Images;

/// <summary>Which image does what; the latest rule that fits wins, and an image without a rule is healthy.</summary>
public sealed class ImageBehaviours
{
    private static readonly ImageBehaviour Default = new ImageBehaviour.Healthy();

    private readonly Lock _lock = new();
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<string, string> _tagged = [];

    /// <summary>What a digest is also called: rules go by tags, which people choose.</summary>
    /// <param name="byDigest">`acme/shop@sha256:…`</param>
    /// <param name="byTag">`acme/shop:1`</param>
    public void Know(string byDigest, string byTag)
    {
        lock (_lock) _tagged[byDigest] = byTag;
    }

    /// <param name="pattern">An image reference with <c>*</c> and <c>?</c>, such as <c>acme/shop:*</c>.</param>
    public void Set(string pattern, ImageBehaviour behaviour)
    {
        lock (_lock) _rules.Add(new Rule(pattern, behaviour, OneOffsOnly: false));
    }

    /// <summary>As <see cref="Set"/>, for tasks started by RunTask alone.</summary>
    public void SetForOneOffs(string pattern, ImageBehaviour behaviour)
    {
        lock (_lock) _rules.Add(new Rule(pattern, behaviour, OneOffsOnly: true));
    }

    internal ImageBehaviour Of(string image, bool oneOff)
    {
        lock (_lock)
        {
            var name = _tagged.GetValueOrDefault(image, image);
            var rule = _rules.FindLast(rule => (oneOff || !rule.OneOffsOnly) && FileSystemName.MatchesSimpleExpression(rule.Pattern, name));
            return rule?.Behaviour ?? Default;
        }
    }

    private sealed record Rule(string Pattern, ImageBehaviour Behaviour, bool OneOffsOnly);
}
