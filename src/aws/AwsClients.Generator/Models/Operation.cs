namespace AwsClients.Generator.Models;

internal sealed record Operation(string Name)
{
    /// <summary>The element around the members of a query response.</summary>
    public string? ResultWrapper { get; init; }

    /// <summary>The official client has an overload without a request.</summary>
    public bool HasOverloadWithoutRequest { get; init; }

    public Pagination? Pagination { get; init; }

    /// <summary>Names of the exception classes that the operation may throw.</summary>
    public EquatableArray<string> Errors { get; init; } = EquatableArray<string>.Empty;

    public string RequestName => Name + "Request";

    public string ResponseName => Name + "Response";

    public string MethodName => Name + "Async";
}

/// <summary>The member of the response that goes into the next request, and the lists that are being paged through.</summary>
internal sealed record Pagination(string InputToken, string OutputToken, EquatableArray<string> ResultKeys);
