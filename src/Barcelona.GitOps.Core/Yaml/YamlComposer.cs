using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>
/// Builds nodes from the parser's events, within the limits. A method that returns null has met a limit, said so, and everything stops.
/// The recursion is bounded by the depth limit.
/// </summary>
internal sealed class YamlComposer(string file, IParser parser, DiagnosticLog log)
{
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _repeated;

    public YamlNode? Compose()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            log.Add(FileDiagnostics.Empty(file));
            return null;
        }

        if (Node(depth: 0) is not { } root)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (parser.Current is not StreamEnd && parser.Accept<DocumentStart>(out var second))
        {
            log.Add(YamlDiagnostics.SecondDocument(YamlPlaces.Span(file, second.Start, second.End)));
        }

        if (root is YamlScalar { IsNull: true })
        {
            log.Add(FileDiagnostics.Empty(file));
            return null;
        }

        return root;
    }

    private YamlNode? Node(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Alias(alias, depth);
        }

        var start = parser.Consume<NodeEvent>();
        if (++_nodes > YamlLimits.MaxNodes)
        {
            log.Add(YamlDiagnostics.TooManyNodes(YamlPlaces.Span(file, start.Start, start.Start), YamlLimits.MaxNodes));
            return null;
        }

        if (!start.Tag.IsEmpty)
        {
            log.Add(YamlDiagnostics.Tag(YamlPlaces.Span(file, start.Start, start.Start), Printed(start.Tag)));
        }

        // The anchor counts from the end of its node on: within it, it would contain itself.
        var node = start switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart list => depth < YamlLimits.MaxDepth ? List(list, depth) : TooDeep(list),
            _ => depth < YamlLimits.MaxDepth ? Map((MappingStart)start, depth) : TooDeep(start),
        };
        if (node is not null && !start.Anchor.IsEmpty)
        {
            node.HoldsAnchor = true;
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private YamlNode? Alias(AnchorAlias alias, int depth)
    {
        var span = YamlPlaces.Span(file, alias.Start, alias.End);
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            log.Add(YamlDiagnostics.UnknownAnchor(span, alias.Value.Value, Spelling.Hint(alias.Value.Value, _anchors.Keys.Take(100))));
            return null;
        }

        _repeated += node.Weight;
        if (_repeated > YamlLimits.AliasBudget)
        {
            log.Add(YamlDiagnostics.AliasBudget(span, YamlLimits.AliasBudget));
            return null;
        }

        if (depth + node.Height > YamlLimits.MaxDepth)
        {
            log.Add(YamlDiagnostics.TooDeep(span, YamlLimits.MaxDepth));
            return null;
        }

        return node;
    }

    private YamlScalar Text(Scalar scalar)
    {
        var span = YamlPlaces.Span(file, scalar.Start, scalar.End);
        if (scalar.Value.Length > YamlLimits.MaxTextLength)
        {
            log.Add(YamlDiagnostics.LongText(span, scalar.Value.Length, YamlLimits.MaxTextLength));
        }

        return new(span, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList? List(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.Accept<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        var end = parser.Consume<SequenceEnd>();
        return new(Extent(start, end, items.FirstOrDefault()?.Span, items.LastOrDefault()?.Span), items.ToImmutable());
    }

    private YamlMap? Map(MappingStart start, int depth)
    {
        var own = new OwnEntries(log);
        YamlNode? last = null;
        while (!parser.Accept<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not { } key || Node(depth + 1) is not { } value)
            {
                return null;
            }

            last = value;
            own.Add(key, value);
        }

        var end = parser.Consume<MappingEnd>();
        return new(Extent(start, end, own.First?.Span, last?.Span), own.WithMerged());
    }

    // A block ends, for the parser, where the next token begins; and an anchor in front of it belongs to it. Neither is what a reader would point to.
    // An alias as the last value lies elsewhere in the file: then the first line is all there is to point to.
    private SourceSpan Extent(ParsingEvent start, ParsingEvent end, SourceSpan? first, SourceSpan? last)
    {
        var isBlock = start is MappingStart { Style: MappingStyle.Block } or SequenceStart { Style: SequenceStyle.Block };
        return isBlock && first is not null && last is not null ? YamlPlaces.Join(first, last) : YamlPlaces.Span(file, start.Start, end.End);
    }

    // The parser hands out !!str as tag:yaml.org,2002:str.
    private static string Printed(TagName tag) => tag.IsNonSpecific ? "!" : tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal);

    private YamlNode? TooDeep(NodeEvent start)
    {
        log.Add(YamlDiagnostics.TooDeep(YamlPlaces.Span(file, start.Start, start.Start), YamlLimits.MaxDepth));
        return null;
    }
}
