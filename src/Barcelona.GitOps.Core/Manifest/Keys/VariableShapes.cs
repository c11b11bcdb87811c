using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary><c>environment</c>: the list form and the map form give the same. No message repeats a value, which may be secret.</summary>
internal static class VariableShapes
{
    private static readonly TextShape VariableName = new(TextRule.Matching("a name without spaces, = and line breaks", "^[^\\s=]{1,512}$"));

    private static readonly Key<Located<string>> Name = new("name", VariableName.Located(), "The variable's name.") { IsRequired = true };
    private static readonly Key<string> Value = new("value", Texts.Any, "A plain value, visible in the task definition.");

    private static readonly Key<Located<string>> ValueFrom =
        new("value_from", Texts.NotEmpty.Located(), "Handed to ECS as it stands: an SSM name or ARN, or a Secrets Manager ARN.");

    private static readonly Key<Located<string>> SsmPath =
        new("ssm_path", Texts.SsmPath.Located(), "An SSM parameter below /barcelona/<district>/.");

    private static readonly Key<Located<string>> Secret =
        new("secret", Texts.SecretPath.Located(),
            "A secret of Secrets Manager below barcelona/<district>/; #field picks a JSON field. Pinned to its version per release.");

    private static readonly Key[] Sources = [Value, ValueFrom, SsmPath, Secret];

    private static readonly ImmutableArray<Key> SourceKeys = [Value, ValueFrom, SsmPath, Secret];

    public static readonly Shape<ImmutableArray<EnvironmentVariable>> Variables = new EitherShape<ImmutableArray<EnvironmentVariable>>
    {
        List = new ListShape<EnvironmentVariable?>(new MapShape<EnvironmentVariable?>("a variable", [Name, .. SourceKeys],
            values => Make(values.Get(Name, new("", values.Head)), values))
        {
            Constrain = schema => schema["oneOf"] = SchemaParts.ExactlyOne(Sources),
        }).Select((list, _, reading) => Unique(list, reading)),
        Map = new EntriesShape<Func<Located<string>, EnvironmentVariable?>>(VariableName,
            new MapShape<Func<Located<string>, EnvironmentVariable?>>("a variable", SourceKeys, values =>
            {
                var source = Make(new("", values.Head), values);
                return name => source is null ? null : source with { Name = name };
            })
            {
                Constrain = schema => schema["oneOf"] = SchemaParts.ExactlyOne(Sources),
            }).Select((entries, _, reading) => Unique([.. entries.Select(e => e.Value(e.Name))], reading)),
    };

    private static EnvironmentVariable? Make(Located<string> name, MapValues values)
    {
        if (!values.HasExactlyOne(Sources))
        {
            return null;
        }

        return values.Find(Value) is { } plain ? new EnvironmentVariable.Plain(name, plain)
            : values.Find(ValueFrom) is { } from ? new EnvironmentVariable.ValueFrom(name, from)
            : values.Find(SsmPath) is { } path ? new EnvironmentVariable.SsmParameter(name, path)
            : values.Find(Secret) is { } secret ? WithField(name, secret)
            : null;
    }

    private static EnvironmentVariable.Secret WithField(Located<string> name, Located<string> secret)
    {
        var parts = secret.Value.Split('#', 2);
        return new(name, secret with { Value = parts[0].TrimStart('/') }, parts.Length == 2 ? parts[1] : null);
    }

    private static ImmutableArray<EnvironmentVariable> Unique(ImmutableArray<EnvironmentVariable?> variables, Reading reading)
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var name in variables.OfType<EnvironmentVariable>().Select(v => v.Name).Where(n => n.Value.Length > 0))
        {
            if (!seen.TryAdd(name.Value, name.Span))
            {
                reading.Log.Add(VariableDiagnostics.Twice(name.Span, name.Value, seen[name.Value].Line));
            }
        }

        return [.. variables.OfType<EnvironmentVariable>()];
    }
}
