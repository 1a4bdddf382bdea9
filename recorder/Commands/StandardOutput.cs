using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// A standard stream written with write(2). Console's own stream swallows EPIPE, so a program could never notice that its reader
/// has gone; a FileStream on the descriptor writes at its own offset, which overwrites when stderr goes to the same file.
/// </summary>
internal sealed partial class StandardOutput(int descriptor = StandardOutput.Out) : Stream
{
    public const int Out = 1;
    public const int Error = 2;
    public const int BrokenPipe = 32;
    private const int Interrupted = 4;
    private const int TryAgain = 11;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var written = write(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            AfterFailure(Marshal.GetLastPInvokeError());
        }
    }

    private static void AfterFailure(int errno)
    {
        if (errno == TryAgain)
        {
            // Somebody made the terminal non-blocking; the bytes go out when it has room again.
            Thread.Sleep(1);
        }
        else if (errno != Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(errno), errno);
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // the C library's own name
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);
#pragma warning restore IDE1006, SYSLIB1054
}
