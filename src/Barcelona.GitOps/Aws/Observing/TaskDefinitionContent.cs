using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>
/// Between <see cref="TaskDefinitionSpec.Content"/>, which is the request as on the wire, and the SDK's types, whose properties are
/// the wire's names with the first letter in upper case.
/// </summary>
internal static class TaskDefinitionContent
{
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = new FirstLetterLower(),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new ConstantConverterFactory() },
    };

    // What a registered definition has and a request has not.
    private static readonly string[] OnlyRegistered =
    [
        "compatibilities", "deleteRequestedAt", "deregisteredAt", "registeredAt", "registeredBy", "requiresAttributes", "revision", "status",
        "taskDefinitionArn",
    ];

    /// <exception cref="JsonException">The content has a member that RegisterTaskDefinition does not know.</exception>
    public static RegisterTaskDefinitionRequest ToRequest(string content, TaskRoles roles)
    {
        var request = JsonSerializer.Deserialize<RegisterTaskDefinitionRequest>(content, Wire)
            ?? throw new JsonException("A task definition's content is an object.");
        if (request.TaskRoleArn == TaskDefinitionSpec.TaskRolePlaceholder)
        {
            request.TaskRoleArn = roles.TaskRoleArn;
        }

        if (request.ExecutionRoleArn == TaskDefinitionSpec.ExecutionRolePlaceholder)
        {
            request.ExecutionRoleArn = roles.ExecutionRoleArn;
        }

        return request;
    }

    public static string Of(TaskDefinition definition, TaskRoles roles)
    {
        var content = JsonSerializer.SerializeToNode(definition, Wire)?.AsObject() ?? [];
        foreach (var name in OnlyRegistered)
        {
            content.Remove(name);
        }

        Placehold(content, "taskRoleArn", roles.TaskRoleArn, TaskDefinitionSpec.TaskRolePlaceholder);
        Placehold(content, "executionRoleArn", roles.ExecutionRoleArn, TaskDefinitionSpec.ExecutionRolePlaceholder);
        RegistrationDefaults.Remove(content);
        return CanonicalJson.Write(content);
    }

    private static void Placehold(JsonObject content, string name, string? arn, string placeholder)
    {
        if (arn is not null && content[name]?.GetValue<string>() == arn)
        {
            content[name] = placeholder;
        }
    }

    private sealed class FirstLetterLower : JsonNamingPolicy
    {
        public override string ConvertName(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The SDK's enumerations are classes around their word.</summary>
    private sealed class ConstantConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeof(ConstantClass).IsAssignableFrom(typeToConvert);

        public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter?)Activator.CreateInstance(typeof(ConstantConverter<>).MakeGenericType(typeToConvert));
    }

    private sealed class ConstantConverter<T> : JsonConverter<T> where T : ConstantClass
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (T?)Activator.CreateInstance(typeof(T), reader.GetString());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
