using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>
/// libvirt's own account of what went wrong, one clean line, with its number (virErrorNumber of virterror.h).
/// </summary>
internal sealed class LibvirtException(int code, string message) : Exception(message)
{
    private const int NoSupport = 3;
    private const int OperationDenied = 29;
    private const int NoDomain = 42;
    private const int OperationInvalid = 55;

    public int Code { get; } = code;

    /// <summary>The driver cannot answer this question at all.</summary>
    public bool IsUnsupported => Code == NoSupport;

    /// <summary>A read-only connection, or this user, may not ask.</summary>
    public bool IsDenied => Code is OperationDenied;

    /// <summary>The domain is no longer there, or no longer runs.</summary>
    public bool IsGone => Code is NoDomain or OperationInvalid;

    /// <summary>The error of the last call of this thread.</summary>
    public static unsafe LibvirtException Last()
    {
        var text = NativeText.Copy(LibvirtApi.GetLastErrorMessage());
        return new LibvirtException(LibvirtApi.GetLastErrorCode(), Cleaned.Text((text ?? "no reason given").Trim()));
    }

    /// <summary>The result of a call that says failure with a negative number.</summary>
    public static int Checked(int result) => result < 0 ? throw Last() : result;
}
