using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <summary>Leaves out steps as long as something is still wrong without them.</summary>
internal static class Shrinker
{
    private const int MostTries = 60;

    public static async Task<History> ShrinkAsync(History failing, Func<History, Task<bool>> fails)
    {
        var tries = 0;
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            for (var i = failing.Steps.Count - 1; i >= 0 && tries < MostTries; i--, tries++)
            {
                var without = failing with { Steps = [.. failing.Steps.Where((_, index) => index != i)] };
                if (without.Steps.Count > 0 && await fails(without))
                {
                    (failing, isSmaller) = (without, true);
                }
            }
        }

        return failing;
    }
}
