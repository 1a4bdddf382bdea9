using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Given;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The guest of a domain XML that is to be placed; what is said beside the document may not contradict it.</summary>
internal sealed class PlaceDomain(string option, string path, ReadOnlyMemory<byte> document, DomainGuest read)
{
    public ReadOnlyMemory<byte> Document { get; } = document;

    public GuestPins Guest => read.Pins;

    /// <summary>What libvirt would refuse in it, with places, and what is not placed.</summary>
    public IEnumerable<string> Problems =>
    [
        .. read.Problems.Select(problem => problem.With(path).ToString()),
        .. MemoryDevices.Count(Document) is > 0 and var devices
            ? [$"{path}: {devices} memory {(devices == 1 ? "device is" : "devices are")} not counted, leave room where {(devices == 1 ? "its guest cell goes" : "their guest cells go")}"]
            : Array.Empty<string>(),
    ];

    /// <summary>The guest's own cells, null where it sees none.</summary>
    public IReadOnlyList<GuestCell>? Layout => Guest.GuestCells is { Count: > 0 } cells ? cells : null;

    public static PlaceDomain Read(string option, string path, Surroundings around)
    {
        var document = GivenBytes.Read(option, path, around);
        var reading = DomainDocuments.Parse(document, path == "-" ? null : Path.GetFileNameWithoutExtension(path));
        return reading.Guests.Count > 1
            ? throw new Refusal(ExitCode.SourceUnusable, $"{option} {path}: there are {reading.Guests.Count} guests in it, and one is placed", "place them one after the other")
            : reading.Refused is { } refused ? throw new Refusal(ExitCode.SourceUnusable, $"{option} {refused.With(path)}", "virsh dumpxml GUEST prints such a document")
            : reading.Guests is [var one, ..] ? new PlaceDomain(option, path, document, one)
            : throw new Refusal(ExitCode.SourceUnusable, $"{option} {path}: there is no guest in it");
    }

    /// <summary>What the document says of something, unless it says nothing and another option does.</summary>
    public T? Same<T>(string other, T? said, T? documented, Func<T, string> show)
        where T : struct => said is { } one && documented is { } two && !one.Equals(two)
        ? throw new Refusal(
            ExitCode.Usage, $"{other} {show(one)}: {option} {path} says {show(two)}", $"leave {other} out, or change the document")
        : said ?? documented;

    /// <summary>The page size that all of its memory is in, KiB, 0 = whichever the host has; null = ordinary pages.</summary>
    public long? PageSizeKiB() => Guest.Pages.Count > 0 && Layout?.Where(cell => !Guest.Pages.Any(pages => pages.GuestCells?.Contains(cell.Id) != false)).ToList() is { Count: > 0 } ordinary
        ? throw new Refusal(
            ExitCode.Usage, $"{option} {path}: guest cell {string.Join(", ", ordinary.Select(cell => cell.Id))} is in ordinary memory and the others are in huge pages, and one kind is placed",
            "name one with --hugepages")
        : Guest.Pages.Select(pages => pages.SizeKiB ?? 0).Distinct().ToList() switch
        {
            [] => null,
            [var one] => one,
            var several => throw new Refusal(
                ExitCode.Usage, $"{option} {path}: its memory is in pages of several sizes ({string.Join(", ", several.Select(MemorySize.Human))}), and one is placed",
                "name one with --hugepages"),
        };
}
