using System.IO.Pipes;
using NumaHistory.Schema.Files;

namespace NumaHistory.Tests.Files;

/// <summary>Whoever waits for input is let go when the program is to stop, and reads what comes until then.</summary>
public sealed class StoppableStreamTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_ends_when_the_program_is_to_stop(bool isAsync)
    {
        using var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reading = new AnonymousPipeClientStream(PipeDirection.In, writing.ClientSafePipeHandle);
        using var stop = new CancellationTokenSource();
        using var stream = new StoppableStream(reading, stop.Token);
        var buffer = new byte[16];
        async Task<int> Read() => isAsync ? await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) : await Task.Run(() => stream.Read(buffer));

        await writing.WriteAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken);
        var first = await Read();
        var waiting = Read();
        await stop.CancelAsync();

        Assert.Equal("abc"u8.ToArray(), buffer[..first]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        // Else closing the other end waits for the read that is still under way.
        await writing.DisposeAsync();
    }
}
