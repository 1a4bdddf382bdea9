using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>Text that libvirt hands out.</summary>
internal static unsafe class NativeText
{
    /// <summary>A copy of text that stays libvirt's; null for none.</summary>
    public static string? Copy(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>Takes over text that libvirt made for its caller; an error of libvirt where there is none.</summary>
    public static string Take(byte* text)
    {
        try
        {
            return Copy(text) ?? throw LibvirtException.Last();
        }
        finally
        {
            NativeMemory.Free(text);
        }
    }

    /// <summary>The same as bytes, for a document that may be the one that was read before.</summary>
    public static T Read<T>(byte* text, Func<ReadOnlySpan<byte>, T> read)
    {
        if (text is null)
        {
            throw LibvirtException.Last();
        }

        try
        {
            return read(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
        }
        finally
        {
            NativeMemory.Free(text);
        }
    }
}
