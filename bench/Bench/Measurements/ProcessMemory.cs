using System.Globalization;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>Resident memory of a process, as the kernel counts it.</summary>
internal sealed record ProcessMemory(double NowMiB, double PeakMiB)
{
    public static ProcessMemory Of(int processId)
    {
        var status = File.ReadAllLines($"/proc/{processId}/status");
        double MiB(string field) =>
            double.Parse(
                status.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture) / 1024;
        return new(MiB("VmRSS:"), MiB("VmHWM:"));
    }
}
