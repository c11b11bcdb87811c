namespace Barcelona.GitOps.Core.Yaml;

/// <summary>What keeps the reader total: no input may crash it, hang it or make it use unbounded memory.</summary>
internal static class YamlLimits
{
    public const int MaxBytes = 1 << 20;

    /// <summary>Maps and lists within each other, aliases followed.</summary>
    public const int MaxDepth = 32;

    /// <summary>
    /// Keys and values as they are written. An ordinary file has some hundred; a mebibyte of nothing but commas would take seconds.
    /// </summary>
    public const int MaxNodes = 100_000;

    public const int MaxTextLength = 1 << 16;

    /// <summary>Values that aliases and merge keys repeat, over the whole file.</summary>
    public const int AliasBudget = 50_000;
}
