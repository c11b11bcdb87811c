using System.Collections.Generic;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Writes the service's base exception and one exception for each modeled error.</summary>
internal static class ErrorEmitter
{
    public static string Emit(ServiceModel model)
    {
        var baseName = BaseName(model.Identity);
        var code = CodeWriter.ForFile("using System.Net;");
        using (code.Open($"namespace {model.Identity.Namespace}"))
        {
            EmitException(code, baseName, "AmazonServiceException", []);
        }

        using (code.Open($"namespace {model.Identity.Namespace}.Model"))
        {
            foreach (var error in model.Errors)
            {
                EmitException(code, error.Name, baseName, error.Members);
            }
        }

        return code.ToString();
    }

    public static string BaseName(ServiceIdentity identity) => identity.ClientPrefix + "Exception";

    private static void EmitException(CodeWriter code, string name, string baseClass, IEnumerable<Member> members)
    {
        using (code.Open($"public partial class {name} : {baseClass}"))
        {
            code.Lines($$"""
                public {{name}}() { }
                public {{name}}(string message) : base(message) { }
                public {{name}}(string message, Exception innerException) : base(message, innerException) { }
                public {{name}}(Exception innerException) : base(innerException) { }
                public {{name}}(
                    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
                    : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
                public {{name}}(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
                    : base(message, errorType, errorCode, requestId, statusCode) { }
                """);
            PropertyEmitter.Emit(code, members);
        }
    }
}
