using System.Runtime.InteropServices;

namespace NumaHistory.Benchmarks.Support;

/// <summary>Processor time of the processes this one started and that have ended: .NET forgets it when they exit.</summary>
internal static partial class ChildCpu
{
    private const int Children = -1;

    // Two timevals and fourteen longs, see getrusage(2).
    private const int Longs = 18;

    public static TimeSpan Total
    {
        get
        {
            var usage = new long[Longs];
            return GetUsage(Children, usage) == 0
                ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
                : throw new InvalidOperationException($"getrusage failed with {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, [Out] long[] usage);
}
