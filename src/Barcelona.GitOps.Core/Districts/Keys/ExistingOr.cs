using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>A part of a district either exists and is named, or is made.</summary>
internal static class ExistingOr
{
    public static void Check(MapValues values, Key existing, ImmutableArray<Key> made)
    {
        foreach (var key in made.Where(key => values.IsMentioned(existing) && values.IsMentioned(key)))
        {
            values.Log.Add(DistrictDiagnostics.Mixed(values.PlaceOf(key), key.Name));
        }
    }
}
