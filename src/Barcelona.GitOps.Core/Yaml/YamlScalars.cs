using System.Globalization;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>
/// What a plain scalar means where a number or a truth value is expected:
/// the rules of YAML 1.1 as the original's reader (Go yaml.v2) had them.
/// </summary>
internal static class YamlScalars
{
    public static readonly string[] TrueWords = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"];
    public static readonly string[] FalseWords = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"];

    public static bool TryFlag(YamlScalar scalar, out bool value)
    {
        value = TrueWords.Contains(scalar.Text, StringComparer.Ordinal);
        return scalar.IsPlain && (value || FalseWords.Contains(scalar.Text, StringComparer.Ordinal));
    }

    /// <summary>Octal with a leading 0, hexadecimal, binary, grouping underscores; floats without a fraction. Quoted: no number.</summary>
    public static bool TryWhole(YamlScalar scalar, out long value)
    {
        value = 0;
        if (!scalar.IsPlain || scalar.Text.Length is 0 or > 64 || scalar.Text[0] == '_')
        {
            return false;
        }

        var text = scalar.Text.Replace("_", "", StringComparison.Ordinal);
        var negative = text.StartsWith('-');
        var digits = negative || text.StartsWith('+') ? text[1..] : text;
        if (!TryDigits(digits, out value))
        {
            return TryFloat(text, out value);
        }

        value = negative ? -value : value;
        return true;
    }

    private static bool TryDigits(string digits, out long value) => digits switch
    {
        ['0', 'x' or 'X', .. var rest] => long.TryParse(rest, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0,
        ['0', 'b' or 'B', .. var rest] => TryRadix(rest, 2, out value),
        ['0', 'o' or 'O', .. var rest] => TryRadix(rest, 8, out value),
        ['0', .. { Length: > 0 } rest] => TryRadix(rest, 8, out value),
        _ => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value),
    };

    private static bool TryRadix(string digits, int radix, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit < '0' || digit >= '0' + radix || value > long.MaxValue / 16)
            {
                return false;
            }

            value = value * radix + (digit - '0');
        }

        return digits.Length > 0;
    }

    private static bool TryFloat(string text, out long value)
    {
        value = 0;
        if (text.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or 'e' or 'E' or '+' or '-'))
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number != Math.Floor(number) || Math.Abs(number) > int.MaxValue)
        {
            return false;
        }

        value = (long)number;
        return true;
    }
}
