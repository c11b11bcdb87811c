using AwsClients.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AwsClients.Tests;

/// <summary>Compiles a client in memory the way its project does: the generator's output and the shared wire files.</summary>
internal static class GeneratedAssembly
{
    // What ImplicitUsings gives to the projects of src/aws.
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <returns>The assembly's bytes.</returns>
    public static byte[] Compile(string assemblyName, string awsApi)
    {
        var model = new AwsApiText(assemblyName["AWSSDK.".Length..], awsApi);
        var driver = Driver(model);
        driver.RunGeneratorsAndUpdateCompilation(Compilation(assemblyName), out var compilation, out var diagnostics);
        Assert.Empty(diagnostics);

        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return bytes.ToArray();
    }

    public static GeneratorDriver Driver(AdditionalText model) => CSharpGeneratorDriver.Create(
        [new AwsClientGenerator().AsSourceGenerator()],
        [model],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static CSharpCompilation Compilation(string assemblyName)
    {
        var sources = EmbeddedText.Names
            .Where(name => name.StartsWith("shared/", StringComparison.Ordinal))
            .Select(EmbeddedText.Read)
            .Prepend(GlobalUsings)
            .Select(text => CSharpSyntaxTree.ParseText(text));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create(assemblyName, sources, References(), options);
    }

    private static IEnumerable<PortableExecutableReference> References() =>
        from path in ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
        let file = Path.GetFileName(path)
        where file == "AWSSDK.Core.dll" || !file.StartsWith("AWSSDK.", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(path);
}
