using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AwsClients.Tests;

/// <summary>An <c>.awsapi</c> file as the compiler hands it to the generator.</summary>
internal sealed class AwsApiText(string name, string text) : AdditionalText
{
    public override string Path => name + ".awsapi";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
