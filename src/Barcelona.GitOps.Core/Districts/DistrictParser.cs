using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts.Keys;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>Reads a <c>districts/&lt;name&gt;.yml</c>. Total, like the parser of barcelona.yml.</summary>
public static class DistrictParser
{
    /// <summary>The district, unless there are errors; and everything worth saying, in file order.</summary>
    /// <param name="name">From the file's name.</param>
    /// <param name="fileName">As it shall appear in diagnostics.</param>
    public static Parsed<District> Parse(string name, string fileName, ReadOnlyMemory<byte> utf8)
    {
        var log = new DiagnosticLog();
        if (!NameRules.IsValid(name))
        {
            log.Add(DistrictDiagnostics.Name(fileName, name, NameRules.Description));
        }

        District? district = null;
        if (YamlReader.Read(fileName, utf8, log) is { } document && DistrictKeys.File(name).TryRead(document, new(log, fileName), out district))
        {
            district = district with { Places = KeyPlaces.Of(document) };
            DistrictRules.Check(district, log);
        }

        return new(log.HasErrors ? null : district, log.InFileOrder());
    }
}
