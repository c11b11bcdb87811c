namespace AwsClients.Tests.Parity;

/// <param name="Where">The public member or the operation that differs.</param>
/// <param name="What">Both sides, around the place where they part.</param>
internal sealed record Difference(string Where, string What)
{
    private const int Context = 60;

    public static Difference Between(string where, string generated, string official)
    {
        var common = generated.Zip(official).TakeWhile(pair => pair.First == pair.Second).Count();
        return new Difference(where, $"generated '{Around(generated, common)}', official '{Around(official, common)}'");
    }

    private static string Around(string text, int position)
    {
        var start = Math.Max(0, position - Context);
        return text[start..Math.Min(text.Length, position + Context)].ReplaceLineEndings("⏎");
    }
}
