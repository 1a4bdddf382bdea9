using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.KernelLogs;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>The kernel's messages of past boots, as journalctl prints them.</summary>
/// <param name="host">The name of the host, or null for the one in the journal.</param>
/// <param name="input">What <c>-</c> stands for.</param>
internal sealed class KernelJournals(string? host, Stream input)
{
    /// <summary>What the file holds; what cannot be used is an item too, never an exception.</summary>
    public IReadOnlyList<BacklogItem> Read(string file)
    {
        try
        {
            using var text = TextFile.Open(file, input);
            var reading = KernelLog.Parse(file, text);
            var boots = reading.Boots.GroupBy(boot => host ?? boot.HostName.Split('.')[0], StringComparer.Ordinal)
                .Select(boots => new BacklogItem(file, new Backlog(boots.Key) { Boots = [.. boots] }, []));
            return reading.Boots.Count == 0 && reading.Problems.Count == 0 && reading.Remarks.Count == 0
                ? [new BacklogItem(file, null, [], $"{file}: holds no boot of a kernel", "journalctl -k -b all -o json prints them")]
                : [.. boots, new BacklogItem(file, null, reading.Problems) { Remarks = reading.Remarks }];
        }
        catch (SourceUnusableException unusable)
        {
            return [new BacklogItem(file, null, [], unusable.Message, unusable.Hint)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [new BacklogItem(file, null, [], $"{file}: cannot be read: {error.Message}")];
        }
    }
}
