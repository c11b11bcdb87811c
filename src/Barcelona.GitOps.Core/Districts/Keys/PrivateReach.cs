using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>Tasks that stay private without a NAT reach what the file lists, and not much is useful without these.</summary>
internal static class PrivateReach
{
    private static readonly string[] OfTasks = ["logs", "secretsmanager", "ssm"];

    private static readonly string[] OfInstances = ["ecs"];

    public static void Check(District district, MapValues values, Key network)
    {
        if (district.Network is not Network.Made { NatType: NatType.None } made || !made.InterfaceEndpoints.Contains(InterfaceEndpoints.Images))
        {
            return;
        }

        var missing = (district.MakesInstances() ? OfInstances.Concat(OfTasks) : OfTasks).Except(made.InterfaceEndpoints).ToList();
        if (missing.Count > 0)
        {
            values.Log.Add(DistrictDiagnostics.MissingWords(values.PlaceOf(network), missing));
        }
    }
}
