using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace NumaHistory.Schema.Files;

/// <summary>Reads whole files whose size is not known before: those of /proc say 0, those of /sys a page.</summary>
public static class FileBytes
{
    private const int FirstBuffer = 16 << 10;

    /// <summary>The bytes; null when there is no such file, or with a reason when it is larger than allowed.</summary>
    public static byte[]? Read(string path, int largest, out string? reason)
    {
        reason = null;
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            return null;
        }

        // Opening a pipe would wait for ever, a device might do anything.
        if (info.Length == 0 && !SpecialFile.IsRegular(path))
        {
            reason = "it is not a regular file";
            return null;
        }

        using var file = Open(path);
        if (file is null)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            return ReadAll(file, ref buffer, largest, out reason);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[]? ReadAll(SafeFileHandle file, ref byte[] buffer, int largest, out string? reason)
    {
        reason = null;
        var length = 0;
        while (RandomAccess.Read(file, buffer.AsSpan(length), length) is var read and > 0)
        {
            length += read;
            if (length > largest)
            {
                reason = $"it is larger than {largest >> 20} MiB";
                return null;
            }

            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        return buffer.AsSpan(0, length).ToArray();
    }

    // A CPU or cell may vanish between the listing and the reading.
    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
