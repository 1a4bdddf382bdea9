using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// A file that stays open and is read from its start again and again. pread is called directly: it costs less than
/// RandomAccess.Read and tells of a vanished node by a number, not by an exception.
/// </summary>
internal sealed partial class KeptFile : IDisposable
{
    private const int Interrupted = 4;

    private readonly SafeFileHandle _handle;
    private readonly int _descriptor;

    private KeptFile(SafeFileHandle handle)
    {
        _handle = handle;
        _descriptor = (int)handle.DangerousGetHandle();
    }

    /// <summary>Opens a file; throws what File.OpenHandle throws.</summary>
    public static KeptFile Open(string path) =>
        new(File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));

    /// <summary>
    /// Fills the buffer from the start of the file. The number of bytes, or minus the system's error number.
    /// </summary>
    public unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint read;
            do
            {
                read = PRead(_descriptor, start, (nuint)buffer.Length, 0);
            }
            while (read < 0 && Marshal.GetLastPInvokeError() == Interrupted);

            return read < 0 ? -Marshal.GetLastPInvokeError() : (int)read;
        }
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static unsafe partial nint PRead(int file, byte* buffer, nuint count, long offset);
}
