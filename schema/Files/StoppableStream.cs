namespace NumaHistory.Schema.Files;

/// <summary>
/// Input that may come at any time, as from a terminal or a pipe: whoever waits for it is let go when the program is to stop, which a read of the
/// system is not. What comes after that is nobody's.
/// </summary>
public sealed class StoppableStream(Stream input, CancellationToken stop) : ForwardStream
{
    public override int Read(byte[] buffer, int offset, int count) =>
        Task.Run(() => input.Read(buffer, offset, count), CancellationToken.None).WaitAsync(stop).GetAwaiter().GetResult();

    public override int Read(Span<byte> buffer)
    {
        var bytes = new byte[buffer.Length];
        var read = Read(bytes, 0, bytes.Length);
        bytes.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => input.Read(buffer.Span), CancellationToken.None).WaitAsync(stop).WaitAsync(cancellationToken);
}
