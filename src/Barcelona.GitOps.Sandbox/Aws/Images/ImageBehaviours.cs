using System.IO.Enumeration;

namespace Barcelona.GitOps.Sandbox.Aws.Images;

/// <summary>Which image does what; the latest rule that fits wins, and an image without a rule is healthy.</summary>
public sealed class ImageBehaviours
{
    private static readonly ImageBehaviour Default = new ImageBehaviour.Healthy();

    private readonly Lock _lock = new();
    private readonly List<Rule> _rules = [];

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
            var rule = _rules.FindLast(rule => (oneOff || !rule.OneOffsOnly) && FileSystemName.MatchesSimpleExpression(rule.Pattern, image));
            return rule?.Behaviour ?? Default;
        }
    }

    private sealed record Rule(string Pattern, ImageBehaviour Behaviour, bool OneOffsOnly);
}
