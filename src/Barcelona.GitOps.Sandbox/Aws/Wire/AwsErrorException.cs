using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>An error answer: the code that the SDK turns into a typed exception, its message and the HTTP status.</summary>
internal sealed class AwsErrorException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>What the error says beside its code and message.</summary>
    public JsonObject More { get; init; } = [];

    /// <summary>CloudFormation, ELB and others of the query protocol say this for whatever is wrong with a request.</summary>
    public static AwsErrorException Validation(string message) => new("ValidationError", message);
}
