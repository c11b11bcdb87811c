using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>The role that <c>barcelona district-role</c> prints makes no role without its boundary, and every application has roles.</summary>
internal static class RoleBoundary
{
    public static void Check(District district, MapValues values, Key role)
    {
        if (district is not { Role: { } assumed, PermissionsBoundary: null, Delete: false })
        {
            return;
        }

        values.Log.Add(DistrictRoleTemplate.IsRoleOf(district, assumed.Arn)
            ? DistrictDiagnostics.NoBoundary(values.PlaceOf(role), DistrictRoleTemplate.BoundaryOf(assumed.Arn))
            : DistrictDiagnostics.PerhapsNoBoundary(values.PlaceOf(role)));
    }
}
