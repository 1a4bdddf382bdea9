using System.Text;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Query;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>history --follow: what is recorded while somebody waits for it.</summary>
public sealed class FollowTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_re_pin_is_shown_within_a_second_with_the_old_and_the_new_set_and_nothing_twice()
    {
        await SeeAsync(0, "0");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var output = new SharedOutput();
        var follow = Task.Run(() => Application.Run(["history", "g", "--since", "2026-11-01T12:00:30Z", "--follow"], Around(output), stop.Token), Cancel);

        await SeeAsync(1, "1");
        var shown = await ShownAsync(output, "vcpu 0: 0 -> 1");
        await SeeAsync(2, "2");
        await ShownAsync(output, "vcpu 0: 1 -> 2");
        await stop.CancelAsync();

        Assert.Equal(130, await follow);
        Assert.StartsWith("POSITION", shown, StringComparison.Ordinal);
        Assert.Equal(3, output.Text.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("history --follow -o json", "-o jsonl")]
    [InlineData("history --follow --until now", "leave one of them out")]
    [InlineData("history --follow --at now", "leave one of them out")]
    public async Task What_has_no_end_is_refused_where_one_is_needed(string line, string hint)
    {
        var outcome = await store.AskAsync(line);

        Assert.Equal(2, outcome.Code);
        Assert.Contains($"hint: {hint}", outcome.Err, StringComparison.Ordinal);
    }

    private Task SeeAsync(int minute, string cpu) => store.Facts.RecordAsync(
        FactJournalTests.Look("h1", Some.TwoCells().Topology(), minute) with { Guests = [new GuestPins("g", Pins: [new VcpuPin(0, Some.Cpus(cpu))])], IsEveryGuest = true }, Cancel);

    private Surroundings Around(Stream output) => new(
        output,
        TextWriter.Null,
        TextReader.Null,
        new FakeTimeProvider(Some.Noon.AddDays(1)),
        name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null,
        _ => null,
        IsTerminal: false,
        IsRoot: false);

    private static async Task<string> ShownAsync(SharedOutput output, string expected)
    {
        for (var waited = 0; waited < 200 && !output.Text.Contains(expected, StringComparison.Ordinal); waited++)
        {
            await Task.Delay(50, Cancel);
        }

        Assert.Contains(expected, output.Text, StringComparison.Ordinal);
        return output.Text;
    }

    // Read while it is written.
    private sealed class SharedOutput : Stream
    {
        private readonly Lock _lock = new();
        private readonly MemoryStream _bytes = new();

        public string Text
        {
            get
            {
                lock (_lock)
                {
                    return Encoding.UTF8.GetString(_bytes.ToArray());
                }
            }
        }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (_lock)
            {
                _bytes.Write(buffer, offset, count);
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
