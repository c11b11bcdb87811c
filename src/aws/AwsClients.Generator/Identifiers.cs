using System.Text;

namespace AwsClients.Generator;

/// <summary>How the official SDK turns names of the service model into C# names.</summary>
internal static class Identifiers
{
    public static string UpperFirst(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>
    /// <c>json-file</c> → <c>JsonFile</c>, <c>unhealthy.draining</c> → <c>UnhealthyDraining</c>, <c>aws_managed</c> → <c>Aws_managed</c>,
    /// <c>CREATE_COMPLETE</c> as it is.
    /// </summary>
    public static string Constant(string value)
    {
        var name = new StringBuilder(value.Length);
        var startsWord = true;
        foreach (var character in value)
        {
            if (!char.IsLetterOrDigit(character) && character != '_')
            {
                startsWord = true;
                continue;
            }

            name.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        return char.IsDigit(name[0]) ? "_" + name : name.ToString();
    }
}
