using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>A value of a YAML file with its place. Aliases are followed and merge keys resolved, so one node may hang in several places.</summary>
internal abstract class YamlNode(SourceSpan span, bool holdsAnchor)
{
    public SourceSpan Span { get; } = span;

    /// <summary>An anchor marks it or something in it: it is there to be repeated.</summary>
    public bool HoldsAnchor { get; set; } = holdsAnchor;

    /// <summary>How many nodes this one is, what aliases repeat counted each time.</summary>
    public abstract int Weight { get; }

    /// <summary>How many maps and lists there are from here down.</summary>
    public abstract int Height { get; }

    /// <summary>Its form for a message. Never its content, which might be secret.</summary>
    public abstract string Form { get; }
}

/// <param name="isPlain">Written without quotes: only then can it be a number, a truth value or nothing.</param>
internal sealed class YamlScalar(SourceSpan span, string text, bool isPlain) : YamlNode(span, holdsAnchor: false)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override int Weight => 1;

    public override int Height => 0;

    public override string Form => IsNull ? "empty" : "a single value";

    /// <summary>The content for a message, cut; for keys whose values are no secrets.</summary>
    public string Quoted
    {
        get
        {
            var shown = Text.Length <= 60 ? Text : Text[..57] + "...";
            return IsNull ? "empty" : IsPlain ? $"'{shown}'" : $"the text '{shown}'";
        }
    }
}

internal sealed class YamlList(SourceSpan span, ImmutableArray<YamlNode> items) : YamlNode(span, items.Any(i => i.HoldsAnchor))
{
    public ImmutableArray<YamlNode> Items { get; } = items;

    public override int Weight { get; } = 1 + items.Sum(i => i.Weight);

    public override int Height { get; } = 1 + items.Select(i => i.Height).DefaultIfEmpty().Max();

    public override string Form => "a list";
}

internal sealed class YamlMap(SourceSpan span, ImmutableArray<YamlEntry> entries) : YamlNode(span, entries.Any(e => e.Value.HoldsAnchor))
{
    /// <summary>In file order, then what merge keys added. No key is there twice.</summary>
    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    public override int Weight { get; } = 1 + entries.Sum(e => 1 + e.Value.Weight);

    public override int Height { get; } = 1 + entries.Select(e => e.Value.Height).DefaultIfEmpty().Max();

    public override string Form => "a map";

    public YamlNode? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
