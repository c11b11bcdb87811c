namespace AwsClients.Tests;

/// <summary>Files of src/aws that the tests compile.</summary>
internal static class EmbeddedText
{
    public static IEnumerable<string> Names => typeof(EmbeddedText).Assembly.GetManifestResourceNames();

    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
