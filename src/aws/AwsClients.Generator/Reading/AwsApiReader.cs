using System;
using System.Collections.Generic;
using System.Linq;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Reading;

/// <summary>Reads an <c>.awsapi</c> file; the format is described in src/aws/README.md.</summary>
internal sealed class AwsApiReader
{
    private readonly List<Operation> _operations = [];
    private readonly List<Enumeration> _enumerations = [];
    private readonly List<(Structure Structure, List<Member> Members)> _structures = [];
    private readonly List<(ErrorShape Error, List<Member> Members)> _errors = [];
    private ServiceIdentity? _identity;
    private ServiceProtocol? _protocol;
    private List<Member>? _currentMembers;
    private int _lineNumber;

    /// <exception cref="AwsApiFormatException">The first line that is not understood, or a name that is used and not defined.</exception>
    public static ServiceModel Read(string text)
    {
        var reader = new AwsApiReader();
        foreach (var line in text.Split('\n'))
        {
            reader.ReadLine(line.TrimEnd());
            reader._lineNumber++;
        }

        var model = reader.Build();
        return ReferenceCheck.FirstProblem(model) is { } problem ? throw reader.Bad(problem) : model;
    }

    private void ReadLine(string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        var fields = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (line[0] == ' ')
        {
            ReadMember(fields);
            return;
        }

        _currentMembers = null;
        ReadDeclaration(fields);
    }

    private void ReadDeclaration(string[] fields)
    {
        switch (fields[0])
        {
            case "service" when fields.Length == 4:
                _identity = new ServiceIdentity(fields[1], fields[2], fields[3].Replace('_', ' '));
                break;
            case "protocol" when fields.Length == 7:
                _protocol = new ServiceProtocol(Wire(fields[1]), ApiVersion: fields[4])
                {
                    JsonVersion = fields[2],
                    TargetPrefix = fields[3],
                    EndpointPrefix = fields[5],
                    SigningName = fields[6],
                };
                break;
            case "op" when fields.Length >= 2:
                _operations.Add(fields.Skip(2).Aggregate(new Operation(fields[1]), AddFact));
                break;
            case "struct" when fields.Length == 3 && fields[2] is "i" or "o" or "io":
                _currentMembers = [];
                _structures.Add((Structure(fields[1], isInput: fields[2] != "o", isOutput: fields[2] != "i"), _currentMembers));
                break;
            case "error" when fields.Length == 3:
                _currentMembers = [];
                _errors.Add((new ErrorShape(fields[1], Code: fields[2], EquatableArray<Member>.Empty), _currentMembers));
                break;
            case "enum" when fields.Length >= 2:
                _enumerations.Add(new Enumeration(fields[1], new EquatableArray<string>(fields.Skip(2))));
                break;
            default:
                throw Bad($"'{fields[0]}' is unknown or has the wrong number of fields");
        }
    }

    private WireProtocol Wire(string name) => name switch
    {
        "json" => WireProtocol.Json,
        "query" => WireProtocol.Query,
        _ => throw Bad($"protocol '{name}' is neither json nor query"),
    };

    private Operation AddFact(Operation operation, string fact)
    {
        var nameEnd = fact.IndexOf('=');
        var value = fact.Substring(nameEnd + 1);
        return (nameEnd < 0 ? fact : fact.Substring(0, nameEnd)) switch
        {
            "noarg" => operation with { HasOverloadWithoutRequest = true },
            "wrap" => operation with { ResultWrapper = value },
            "page" => operation with { Pagination = ReadPagination(value.Split(',')) },
            "errors" => operation with { Errors = Names(value, ',') },
            _ => throw Bad($"operation {operation.Name}: '{fact}' is unknown"),
        };
    }

    private Pagination ReadPagination(string[] parts) =>
        parts.Length == 3
            ? new Pagination(parts[0], parts[1], Names(parts[2], '+'))
            : throw Bad("page needs an input token, an output token and result keys");

    private void ReadMember(string[] fields)
    {
        if (_currentMembers is null || fields.Length < 2)
        {
            throw Bad("a member needs a struct or error above it, a name and a type");
        }

        // Free-form JSON has a type of its own in the official SDK; none of the operations that are used needs it.
        if (fields[1] == "document")
        {
            return;
        }

        var type = ShapeTypeParser.Parse(fields[1]) ?? throw Bad($"'{fields[1]}' is not a type");
        _currentMembers.Add(fields.Skip(2).Aggregate(new Member(fields[0], type), AddFlag));
    }

    private Member AddFlag(Member member, string flag) => flag switch
    {
        "idem" => member with { IsIdempotencyToken = true },
        "obsolete" => member with { IsObsolete = true },
        "sensitive" => member with { IsSensitive = true },
        _ => throw Bad($"member {member.WireName}: '{flag}' is unknown"),
    };

    private ServiceModel Build()
    {
        var structures = _structures.ConvertAll(entry => WithRole(entry.Structure, entry.Members));
        var known = new HashSet<string>(structures.Select(structure => structure.Name), StringComparer.Ordinal);

        // An operation without input or output still has its request and response class.
        foreach (var operation in _operations)
        {
            if (known.Add(operation.RequestName))
            {
                structures.Add(WithRole(Structure(operation.RequestName, isInput: true, isOutput: false), []));
            }

            if (known.Add(operation.ResponseName))
            {
                structures.Add(WithRole(Structure(operation.ResponseName, isInput: false, isOutput: true), []));
            }
        }

        return new ServiceModel
        {
            Identity = _identity ?? throw Bad("the line 'service' is missing"),
            Protocol = _protocol ?? throw Bad("the line 'protocol' is missing"),
            Operations = new EquatableArray<Operation>(_operations),
            Structures = new EquatableArray<Structure>(structures),
            Errors = new EquatableArray<ErrorShape>(_errors.Select(entry => entry.Error with { Members = new EquatableArray<Member>(entry.Members) })),
            Enumerations = new EquatableArray<Enumeration>(_enumerations),
        };
    }

    private Structure WithRole(Structure structure, List<Member> members)
    {
        var isRequest = _operations.Exists(operation => operation.RequestName == structure.Name);
        var isResponse = _operations.Exists(operation => operation.ResponseName == structure.Name);
        return structure with
        {
            Role = isRequest ? StructureRole.Request : isResponse ? StructureRole.Response : StructureRole.Plain,
            Members = new EquatableArray<Member>(members),
        };
    }

    private static Structure Structure(string name, bool isInput, bool isOutput) =>
        new(name, StructureRole.Plain, EquatableArray<Member>.Empty) { IsInput = isInput, IsOutput = isOutput };

    private static EquatableArray<string> Names(string names, char separator) =>
        new(names.Split([separator], StringSplitOptions.RemoveEmptyEntries));

    private AwsApiFormatException Bad(string message) => new(_lineNumber, message);
}
