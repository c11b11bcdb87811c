using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Tests.House;

/// <summary>A newcomer finds any line by the names of the folders, and no file is a room of its own.</summary>
public sealed partial class FileRules
{
    private const int MaxLines = 400, MaxFilesInFolder = 14;

    [Fact]
    public void No_file_is_long()
    {
        Assert.Empty(SourceFile.All.Where(f => f.Lines > MaxLines).Select(f => $"{f.Path}: {f.Lines} lines"));

        var sizes = SourceFile.Below("src").Select(f => f.Lines).Order().ToList();
        Assert.InRange(sizes[sizes.Count / 2], 1, 60);
    }

    [Fact]
    public void No_folder_is_crowded() =>
        Assert.Empty(SourceFile.All.GroupBy(f => f.Folder).Where(g => g.Count() > MaxFilesInFolder).Select(g => $"{g.Key}: {g.Count()} files"));

    [Fact]
    public void A_folder_is_a_namespace()
    {
        // The generated clients' shared code goes by the names of the official packages.
        var misplaced = SourceFile.All.Where(
            f => f.Namespace is not null && !f.IsBelow("src/aws") && !f.IsBelow("tests/openapi") && !f.IsBelow("bench"))
            .Where(f => f.Namespace != Expected(f.Folder))
            .Select(f => $"{f.Path}: {f.Namespace}");

        Assert.Empty(misplaced);
    }

    [Fact]
    public void No_name_says_nothing() =>
        Assert.Empty(SourceFile.All.Where(f => f.Path.Split('/', '.').Any(part => Nothing().IsMatch(part))).Select(f => f.Path));

    [Fact]
    public void Nothing_is_left_open() => Assert.Empty(SourceFile.Below("src").SelectMany(f => f.LinesWith(LeftOpen())));

    /// <summary>src/Barcelona.GitOps/Aws → Barcelona.GitOps.Aws: all but the first folder of the path.</summary>
    private static string Expected(string folder) => string.Join('.', folder.Split('/')[1..]);

    [GeneratedRegex("^(Common|Utils?|Utilities|Helpers?|Misc|.*Manager|Infrastructure)$")]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex LeftOpen();
}
