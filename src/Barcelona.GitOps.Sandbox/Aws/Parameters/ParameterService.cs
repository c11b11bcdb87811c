using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Parameters;

/// <summary>The part of Systems Manager that keeps parameters.</summary>
internal static class ParameterService
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["GetParameter"] = GetParameter,
        ["GetParameters"] = GetParameters,
        ["DescribeParameters"] = DescribeParameters,
        ["PutParameter"] = PutParameter,
        ["DeleteParameter"] = DeleteParameter,
    };

    private static JsonObject GetParameter(AwsRegion region, JsonObject request) => new()
    {
        ["Parameter"] = Describe(region, region.Parameters.Find(request.Text("Name") ?? "") ?? throw new AwsErrorException("ParameterNotFound", "")),
    };

    private static JsonObject GetParameters(AwsRegion region, JsonObject request)
    {
        var names = request.Texts("Names").ToList();
        return new JsonObject
        {
            ["Parameters"] = names.Select(region.Parameters.Find).OfType<StoredParameter>().Select(parameter => Describe(region, parameter))
                .ToJsonArray(),
            ["InvalidParameters"] = names.Where(name => region.Parameters.Find(name) is null).ToJsonArray(),
        };
    }

    private static JsonObject DescribeParameters(AwsRegion region, JsonObject request)
    {
        var found = region.Parameters.All.Where(parameter => request.Objects("ParameterFilters").All(filter => Fits(filter, parameter)));
        return Pages.Cut(request,
            [.. found.Select(parameter => new JsonObject
            {
                ["Name"] = parameter.Name, ["ARN"] = Arn(region, parameter.Name), ["Type"] = parameter.Type, ["Version"] = parameter.Version,
                ["LastModifiedDate"] = parameter.ChangedAt.Seconds(), ["Tier"] = "Standard", ["DataType"] = "text",
            })],
            "Parameters", request.Number("MaxResults") ?? 10);
    }

    private static JsonObject PutParameter(AwsRegion region, JsonObject request)
    {
        var name = request.Text("Name") ?? "";
        var known = region.Parameters.Find(name);
        if (known is not null && !request.Flag("Overwrite"))
            throw new AwsErrorException(
                "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        var type = request.Text("Type")
            ?? known?.Type
            ?? throw new AwsErrorException("ValidationException", "A parameter type is required when you create a parameter.");
        var stored = region.Parameters.Put(name, type, request.Text("Value") ?? "", region.Now);
        return new JsonObject { ["Version"] = stored.Version, ["Tier"] = "Standard" };
    }

    private static JsonObject DeleteParameter(AwsRegion region, JsonObject request) =>
        region.Parameters.Remove(request.Text("Name") ?? "") ? [] : throw new AwsErrorException("ParameterNotFound", "");

    private static bool Fits(JsonObject filter, StoredParameter parameter)
    {
        if (filter.Text("Key") == "Path")
            return filter.Texts("Values").Any(path => parameter.Name.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
        var text = filter.Text("Key") == "Type" ? parameter.Type : parameter.Name;
        return filter.Text("Option") switch
        {
            "BeginsWith" => filter.Texts("Values").Any(value => text.StartsWith(value, StringComparison.Ordinal)),
            "Contains" => filter.Texts("Values").Any(value => text.Contains(value, StringComparison.Ordinal)),
            _ => filter.Texts("Values").Contains(text),
        };
    }

    private static JsonObject Describe(AwsRegion region, StoredParameter parameter) => new()
    {
        ["Name"] = parameter.Name,
        ["Type"] = parameter.Type,
        ["Value"] = parameter.Value,
        ["Version"] = parameter.Version,
        ["LastModifiedDate"] = parameter.ChangedAt.Seconds(),
        ["ARN"] = Arn(region, parameter.Name),
        ["DataType"] = "text",
    };

    // The slash that begins a hierarchical name is the one that separates it.
    private static string Arn(AwsRegion region, string name) => region.Arn("ssm", "parameter/" + name.TrimStart('/'));
}
