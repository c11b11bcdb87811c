using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using System.Xml.Linq;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>
/// In front of moto, which cannot update a load balancer: its protection never depends on a parameter there, and what was asked for is seen in
/// the call that was sent.
/// </summary>
internal sealed class MotoBalancers : DelegatingHandler
{
    private const string Protection = "deletion_protection.enabled";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { Headers.ContentType.MediaType: "application/x-www-form-urlencoded" } content)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var form = HttpUtility.ParseQueryString(await content.ReadAsStringAsync(cancellationToken));
        if (form["TemplateBody"] is { } template)
        {
            form["TemplateBody"] = With(template, JsonValue.Create("false"));
            request.Content = new StringContent(form.ToString() ?? "", Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (form["Action"] == "GetTemplate" && response.IsSuccessStatusCode)
        {
            var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var body = answer.Descendants().Single(e => e.Name.LocalName == "TemplateBody");
            body.Value = With(body.Value, new JsonObject { ["Ref"] = "DeletionProtection" });
            response.Content = new StringContent(answer.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml");
        }

        return response;
    }

    private static string With(string template, JsonNode protection)
    {
        var json = JsonNode.Parse(template);
        var attributes = json?["Resources"]?.AsObject()
            .Where(r => (string?)r.Value?["Type"] == "AWS::ElasticLoadBalancingV2::LoadBalancer")
            .SelectMany(r => r.Value?["Properties"]?["LoadBalancerAttributes"]?.AsArray() ?? [])
            .OfType<JsonObject>()
            .Where(a => (string?)a["Key"] == Protection);
        foreach (var attribute in attributes ?? [])
        {
            attribute["Value"] = protection.DeepClone();
        }

        return CanonicalJson.Write(json);
    }
}
