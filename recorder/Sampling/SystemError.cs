using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sampling;

/// <summary>The system's error numbers that mean something to a sampler.</summary>
internal static class SystemError
{
    private const int NoSuchFile = 2;
    private const int NoSuchDevice = 19;

    /// <summary>The kernel took the file away from under its open handle: the cell was removed.</summary>
    public static bool IsGone(int error) => error is NoSuchFile or NoSuchDevice;

    public static string Describe(int error) => $"cannot be read: {Marshal.GetPInvokeErrorMessage(error)}";
}
