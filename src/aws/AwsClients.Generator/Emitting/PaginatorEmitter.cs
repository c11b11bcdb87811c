using System;
using System.Collections.Generic;
using System.Linq;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Writes <c>client.Paginators.ListX(request)</c>: pages as <c>Responses</c>, their lists under the names of the result keys.</summary>
internal static class PaginatorEmitter
{
    public static bool HasPaginators(ServiceModel model) => model.Operations.Any(operation => operation.Pagination is not null);

    public static string FactoryInterface(ServiceIdentity identity) => $"I{FactoryClass(identity)}";

    public static string FactoryClass(ServiceIdentity identity) => $"{identity.ShortName}PaginatorFactory";

    public static string Emit(ServiceModel model)
    {
        var code = CodeWriter.ForFile("");
        var operations = model.Operations.Where(operation => operation.Pagination is not null).ToList();
        if (operations.Count == 0)
        {
            return code.ToString();
        }

        var client = $"I{model.Identity.ClientPrefix}";
        using (code.Open($"namespace {model.Identity.Namespace}.Model"))
        {
            EmitFactory(code, model.Identity, client, operations);
            foreach (var operation in operations)
            {
                EmitPaginator(code, model, client, operation);
            }
        }

        return code.ToString();
    }

    private static void EmitFactory(CodeWriter code, ServiceIdentity identity, string client, List<Operation> operations)
    {
        using (code.Open($"public interface {FactoryInterface(identity)}"))
        {
            foreach (var operation in operations)
            {
                code.Line($"{FactoryMethod(operation)};");
            }
        }

        using (code.Open($"internal sealed class {FactoryClass(identity)}({client} client) : {FactoryInterface(identity)}"))
        {
            foreach (var operation in operations)
            {
                code.Line($"public {FactoryMethod(operation)} => new {operation.Name}Paginator(client, request);");
            }
        }
    }

    private static void EmitPaginator(CodeWriter code, ServiceModel model, string client, Operation operation)
    {
        if (operation.Pagination is not { } pagination)
        {
            return;
        }

        var (name, response) = (operation.Name, operation.ResponseName);
        var results = ResultLists(model, response, pagination);
        using (code.Open($"public interface I{name}Paginator"))
        {
            code.Line($"IPaginatedEnumerable<{response}> Responses {{ get; }}");
            foreach (var (property, element) in results)
            {
                code.Line($"IPaginatedEnumerable<{element}> {property} {{ get; }}");
            }
        }

        var (input, output) = (Identifiers.UpperFirst(pagination.InputToken), Identifiers.UpperFirst(pagination.OutputToken));
        using (code.Open($"internal sealed class {name}Paginator({client} client, {operation.RequestName} request) : I{name}Paginator"))
        {
            code.Lines($$"""
                readonly TokenPaginator<{{response}}> _pages = new(
                    (token, cancellationToken) =>
                    {
                        if (token != null) request.{{input}} = token;
                        return client.{{operation.MethodName}}(request, cancellationToken);
                    },
                    page => page.{{output}});
                public IPaginatedEnumerable<{{response}}> Responses => new PaginatedResponse<{{response}}>(_pages);
                """);
            foreach (var (property, element) in results)
            {
                code.Line($"public IPaginatedEnumerable<{element}> {property} => new PaginatedResultKeyResponse<{response}, {element}>" +
                    $"(_pages, page => (IEnumerable<{element}>)page.{property} ?? []);");
            }
        }
    }

    // Keys like "a.b" and keys that are no list have no property in the official paginators either.
    private static List<(string Property, string Element)> ResultLists(ServiceModel model, string response, Pagination pagination)
    {
        var members = model.Structures.First(structure => structure.Name == response).Members;
        return
        [
            .. from key in pagination.ResultKeys
               from member in members
               where string.Equals(member.WireName, key, StringComparison.Ordinal)
               let list = member.Type as ShapeType.List
               where list is not null
               select (member.PropertyName, CSharpTypes.OfElement(list.Element)),
        ];
    }

    private static string FactoryMethod(Operation operation) => $"I{operation.Name}Paginator {operation.Name}({operation.RequestName} request)";
}
