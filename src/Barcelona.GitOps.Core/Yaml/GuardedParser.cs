using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>
/// The library's parser, with every way it fails made a <see cref="YamlException"/>. On some broken input its scanner runs into states that it
/// did not foresee (for instance an indicator where a plain text cannot begin) and throws what any bug would throw.
/// </summary>
internal sealed class GuardedParser(string text) : IParser
{
    private readonly Scanner _scanner = new(new StringReader(text));
    private Parser? _parser;

    public ParsingEvent? Current => _parser?.Current;

    public bool MoveNext()
    {
        try
        {
            return (_parser ??= new(_scanner)).MoveNext();
        }
        catch (Exception bug) when (
            bug is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or NullReferenceException or OverflowException or FormatException)
        {
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, "this cannot be read as YAML", bug);
        }
    }
}
