using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Templates.Schedules;

/// <summary>Names of schedule groups, one per heritage: <c>&lt;district&gt;--&lt;heritage&gt;</c>, as injective as a stack's.</summary>
public static class ScheduleGroups
{
    /// <summary>EventBridge Scheduler's limit, in characters.</summary>
    private const int MaxLength = 64;

    public static string NameOf(string district, string heritage) => StackNaming.Join(MaxLength, district, heritage);

    /// <summary>What every group of the district fits, and long names of others at worst.</summary>
    public static string PatternOf(string district) => StackNaming.BeginningOf(MaxLength, district + "--") + "*";
}
