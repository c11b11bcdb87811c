using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using System.Xml.Linq;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>
/// In front of moto: names the target groups of a template, and takes the names out when it is read again. Where a template gives none, moto
/// makes one of the stack's whole name and then refuses its two hyphens; CloudFormation takes six letters of the stack's name.
/// </summary>
internal sealed class MotoTargetGroups : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { Headers.ContentType.MediaType: "application/x-www-form-urlencoded" } content)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var form = HttpUtility.ParseQueryString(await content.ReadAsStringAsync(cancellationToken));
        if (form["TemplateBody"] is { } template)
        {
            form["TemplateBody"] = WithNames(template, id => Name($"{form["StackName"]} {id}"));
            request.Content = new StringContent(form.ToString() ?? "", Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (form["Action"] == "GetTemplate" && response.IsSuccessStatusCode)
        {
            var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var body = answer.Descendants().Single(e => e.Name.LocalName == "TemplateBody");
            body.Value = WithNames(body.Value, _ => null);
            response.Content = new StringContent(answer.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml");
        }

        return response;
    }

    private static string WithNames(string template, Func<string, string?> name)
    {
        var json = JsonNode.Parse(template);
        foreach (var (id, resource) in json?["Resources"]?.AsObject() ?? [])
        {
            if ((string?)resource?["Type"] == "AWS::ElasticLoadBalancingV2::TargetGroup" && resource?["Properties"] is JsonObject properties)
            {
                properties.Remove("Name");
                if (name(id) is { } given)
                {
                    properties["Name"] = given;
                }
            }
        }

        return CanonicalJson.Write(json);
    }

    private static string Name(string of) => "moto-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)))[..16];
}
