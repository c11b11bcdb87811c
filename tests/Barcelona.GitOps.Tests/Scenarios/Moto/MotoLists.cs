using System.Text;
using System.Xml.Linq;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>
/// In front of moto: list parameters of a stack as CloudFormation tells them, with commas. moto tells them as Python
/// writes lists.
/// </summary>
internal sealed class MotoLists : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType?.EndsWith("/xml", StringComparison.Ordinal) != true)
        {
            return response;
        }

        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        foreach (var value in answer.Descendants()
            .Where(e => e.Name.LocalName == "ParameterValue" && e.Value.StartsWith("['", StringComparison.Ordinal)))
        {
            value.Value = value.Value.Trim('[', ']').Replace("'", "", StringComparison.Ordinal).Replace(", ", ",", StringComparison.Ordinal);
        }

        response.Content = new StringContent(answer.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml");
        return response;
    }
}
