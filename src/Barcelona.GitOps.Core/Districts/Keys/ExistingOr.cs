using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>A part of a district either exists and is named, or is made.</summary>
internal static class ExistingOr
{
    public static void Check(MapValues values, Key existing, string part, ImmutableArray<Key> made)
    {
        if (!values.IsMentioned(existing))
        {
            values.Log.Add(DistrictDiagnostics.MadePart(values.Head, part));
            return;
        }

        foreach (var key in made.Where(values.IsMentioned))
        {
            values.Log.Add(DistrictDiagnostics.Mixed(values.PlaceOf(key), key.Name));
        }
    }
}
