using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// One policy for each team of the district file, for an account's owner to attach to whatever the team signs in with. Its description says
/// nothing of the right: IAM never changes one, and a policy that is attached cannot be replaced.
/// </summary>
internal static class TeamPolicies
{
    /// <summary>Logical ids and outputs begin with it.</summary>
    public const string Prefix = "TeamPolicy";

    public static TemplatePart Of(DistrictContext context)
    {
        var teams = context.District.Teams.Select(t => (Id: Prefix + LogicalIds.Team(t.Key), Team: t.Key, Right: t.Value)).ToList();
        return new()
        {
            Resources = [.. teams.Select(t => KeyValuePair.Create(t.Id, Policy(context.District, t.Team, t.Right)))],
            Outputs = [.. teams.Select(t => KeyValuePair.Create(t.Id, (JsonNode)Cfn.Ref(t.Id)))],
        };
    }

    private static JsonObject Policy(District district, string team, TeamRight right) => Cfn.Resource("AWS::IAM::ManagedPolicy", new()
    {
        ["Path"] = Iam.PathOf(district.Name),
        ["Description"] = $"What {team} may do in district {district.Name}",
        ["PolicyDocument"] = Iam.Document([.. new TeamStatements(district).Of(right)]),
    });
}
