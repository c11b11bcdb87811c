using System.Reflection;
using Amazon.Runtime;
using AwsClients.Tests.Parity.Samples;

namespace AwsClients.Tests.Parity;

/// <summary>The same request becomes the same HTTP request, and the same HTTP response the same objects, through both assemblies.</summary>
public sealed class WireParityTests
{
    [Theory]
    [MemberData(nameof(ParityService.Names), MemberType = typeof(ParityService))]
    public async Task Every_operation_sends_what_the_official_client_sends(string name)
    {
        var filled = await CompareAsync(name, Call.Filled, SentTexts);
        var empty = await CompareAsync(name, Call.Empty, SentTexts);

        KnownDifferences.Check(KnownDifferences.InRequests(name), [.. filled, .. empty]);
    }

    [Theory]
    [MemberData(nameof(ParityService.Names), MemberType = typeof(ParityService))]
    public async Task Every_response_is_read_as_by_the_official_client(string name)
    {
        KnownDifferences.Check(KnownDifferences.InResponses(name), await CompareAsync(name, Call.Filled, OutcomeTexts));
    }

    [Theory]
    [MemberData(nameof(ParityService.Names), MemberType = typeof(ParityService))]
    public async Task Every_error_becomes_the_official_exception(string name)
    {
        foreach (var code in ErrorCodes(name))
        {
            KnownDifferences.Check([], await CompareAsync(name, Call.Failing(code), OutcomeTexts));
        }
    }

    private static string SentTexts(Exchange exchange, Type response) => exchange.Sent;

    private static string OutcomeTexts(Exchange exchange, Type response) => ObjectText.Of(exchange.Outcome, response);

    // A few that are modeled, one that is not, and one that Core itself knows.
    private static IEnumerable<string> ErrorCodes(string name) => ParityService.Get(name).Generated.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(AmazonServiceException)))
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal)
        .Take(4)
        .Concat(["ValidationException", "Throttling"]);

    private static async Task<List<Difference>> CompareAsync(string name, Call call, Func<Exchange, Type, string> select)
    {
        var service = ParityService.Get(name);
        var (generated, official) = (new ClientUnderTest(service.Generated), new ClientUnderTest(service.Official));
        var differences = new List<Difference>();
        foreach (var operation in generated.Operations)
        {
            var counterpart = official.Operation(operation.Name);
            var (request, response) = (RequestType(operation), ResponseType(operation));
            var body = call.Body(name, operation.Name[..^"Async".Length], response);
            var ours = await generated.CallAsync(operation, call.Request(request, request), call.Status, body);
            var theirs = await official.CallAsync(counterpart, call.Request(RequestType(counterpart), request), call.Status, body);
            var (left, right) = (select(ours, response), select(theirs, response));
            if (left != right)
            {
                differences.Add(Difference.Between(operation.Name, left, right));
            }
        }

        return differences;
    }

    private static Type RequestType(MethodInfo operation) => operation.GetParameters()[0].ParameterType;

    private static Type ResponseType(MethodInfo operation) => operation.ReturnType.GetGenericArguments()[0];
}
