using System.Runtime.InteropServices;

namespace NumaHistory.Schema.Files;

/// <summary>
/// Tells pipes, sockets and devices from files, which .NET does not: all of them are FileAttributes.Normal.
/// </summary>
internal static partial class SpecialFile
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>
    /// Whether the file, after its links, is a regular one. Where the question cannot be asked, it is taken for one.
    /// </summary>
    public static bool IsRegular(string path)
    {
        // struct statx has the same layout on every architecture, unlike struct stat: 256 bytes, stx_mode at 28.
        Span<byte> answer = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, TypeOnly, ref MemoryMarshal.GetReference(answer)) != 0
            || (BitConverter.ToUInt16(answer[ModeOffset..]) & TypeMask) == Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);
}
