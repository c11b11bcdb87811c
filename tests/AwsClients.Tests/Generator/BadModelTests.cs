using Microsoft.CodeAnalysis;

namespace AwsClients.Tests.Generator;

/// <summary>A mistake in an <c>.awsapi</c> file is reported on its line, not as a compiler error in generated code.</summary>
public sealed class BadModelTests
{
    private const string Header = "service Amazon.Example AmazonExample Example\nprotocol json 1.1 Example 2020-01-01 example example\n";

    [Theory]
    [InlineData(Header + "thing X", 2, "'thing' is unknown or has the wrong number of fields")]
    [InlineData(Header + "struct X", 2, "'struct' is unknown or has the wrong number of fields")]
    [InlineData(Header + "  name string", 2, "a member needs a struct or error above it, a name and a type")]
    [InlineData(Header + "struct X io\n  name text", 3, "'text' is not a type")]
    [InlineData(Header + "struct X io\n  name string secret", 3, "member name: 'secret' is unknown")]
    [InlineData(Header + "op ListX pages=a", 2, "operation ListX: 'pages=a' is unknown")]
    [InlineData(Header + "op ListX page=a,b", 2, "page needs an input token, an output token and result keys")]
    [InlineData("service Amazon.Example AmazonExample Example\nprotocol rest-xml - - 1 a a", 1, "protocol 'rest-xml' is neither json nor query")]
    public void A_line_that_is_not_understood_is_reported_where_it_stands(string model, int line, string message)
    {
        var diagnostic = Report(model);

        Assert.Equal(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(line, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal("Example.awsapi", diagnostic.Location.GetLineSpan().Path);
    }

    [Theory]
    [InlineData(Header + "struct X io\n  tags list<struct:Tag>", "member tags: struct Tag is not defined")]
    [InlineData(Header + "struct X io\n  mode enum:Mode", "member mode: enum Mode is not defined")]
    [InlineData(Header + "op ListX errors=GoneException", "operation ListX: error GoneException is not defined")]
    [InlineData("protocol json 1.1 Example 2020-01-01 example example", "the line 'service' is missing")]
    public void A_name_that_is_used_must_be_defined(string model, string message)
    {
        Assert.Equal(message, Report(model).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Diagnostic Report(string model)
    {
        var driver = GeneratedAssembly.Driver(new AwsApiText("Example", model))
            .RunGenerators(GeneratedAssembly.Compilation("AWSSDK.Example"), TestContext.Current.CancellationToken);
        var diagnostic = Assert.Single(driver.GetRunResult().Diagnostics);
        Assert.Equal("AWSGEN001", diagnostic.Id);
        return diagnostic;
    }
}
