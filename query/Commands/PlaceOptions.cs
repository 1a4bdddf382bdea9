using System.CommandLine;
using System.Globalization;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Given;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>The words of <c>place</c>, and the guest they describe.</summary>
internal sealed class PlaceOptions
{
    private const long DefaultReserveKiB = 128 << 10;
    private const long DefaultOverheadKiB = 64 << 10;

    /// <summary>What is kept back where nothing else is said.</summary>
    public static FitLimits DefaultLimits { get; } = new(ReserveKiB: DefaultReserveKiB, GuestOverheadKiB: DefaultOverheadKiB);

    public Option<string> Problem { get; } = GlobalOptions.Text("--problem", "FILE", "whole questions as JSON Lines; - is standard input; needs no store");

    public Option<string> Host { get; } = GlobalOptions.Text("--host", "HOST", "on this host only (default the fleet)");

    public Option<string> Limit { get; } = GlobalOptions.Text("--limit", "N", "so many candidates (10)");

    public PlaceTime Time { get; } = new();

    public Option<bool> Explain { get; } = new("--explain") { Description = "every rejected host with all its reasons and the nearest change" };

    private Option<string> Vcpus { get; } = GlobalOptions.Text("--vcpus", "N", "how many vCPUs");

    private Option<string> Memory { get; } = GlobalOptions.Text("--memory", "SIZE", "how much memory: 16GiB");

    private Option<string> Cells { get; } = GlobalOptions.Text("--cells", "K", "over K guest cells, evenly (default as few as do)");

    private Option<string> Domain { get; } = GlobalOptions.Text("--domain", "FILE", "vCPUs, memory and guest cells of this domain XML; - is standard input");

    private Option<string> Pages { get; } = GlobalOptions.Text("--hugepages", "SIZE", "pages of this size, or small, large, any");

    private Option<string> Cpu { get; } = GlobalOptions.Text("--cpu", "KIND", "dedicated (default) or shared");

    private Option<string> Smt { get; } = GlobalOptions.Text("--smt", "POLICY", "prefer, isolate or require");

    private Option<string> Emulator { get; } = GlobalOptions.Text("--emulator", "POLICY", "share (default) or isolate: a CPU of its own");

    private Option<string> Reserved { get; } = GlobalOptions.Text("--reserved", "N", "dedicated CPUs beside those of the vCPUs");

    private Option<string> CpuRatio { get; } = GlobalOptions.Text("--cpu-ratio", "R", "shared vCPUs for each shared CPU (no limit)");

    private Option<string> MemoryRatio { get; } = GlobalOptions.Text("--memory-ratio", "R", "memory of shared guests for all memory (no limit)");

    private Option<string> Near { get; } = GlobalOptions.Text("--near", "DEVICE", "a guest cell on its cell, the first of them that fits there: 0000:3b:00.0, /dev/sdb, eth0");

    private Option<string> OnCells { get; } = GlobalOptions.Text("--on-cells", "LIST", "these host cells only; cells without CPUs and slow ones too");

    private Option<string> Policy { get; } = GlobalOptions.Text("--policy", "P", "closest (default), pack or spread");

    private Option<string> Reserve { get; } = GlobalOptions.Text("--reserve", "SIZE", "memory of each cell that guests may not have (128MiB)");

    private Option<string> Overhead { get; } = GlobalOptions.Text("--overhead", "SIZE", "what each guest costs beside its memory (64MiB)");

    private Option<string> Name { get; } = GlobalOptions.Text("--name", "NAME", "the guest's name in what is printed (guest)");

    private Option<bool> SharedCells { get; } = new("--allow-shared-cells") { Description = "several guest cells may go to one host cell" };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            Vcpus, Memory, Cells, Domain, Pages, Cpu, Smt, Emulator, Reserved, CpuRatio, MemoryRatio, Near, OnCells, Host, Policy, Reserve, Overhead,
            Name, SharedCells, Limit, Explain, Time.Replay, Time.Since, Time.Until, Problem,
        ];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    public int Candidates(Request request) => Number(request, Limit, 1, 100_000) ?? 10;

    public GuestWish Wish(Request request, Surroundings around)
    {
        var domain = request.Parse.GetValue(Domain) is { } path ? Guest(path, around) : null;
        var pages = request.Parse.GetValue(Pages);
        var choice = pages is "small" or "large" or "any" ? Enum.Parse<PageChoice>(pages, ignoreCase: true) : (PageChoice?)null;
        return new GuestWish(
            request.Parse.GetValue(Name) ?? domain?.Guest ?? "guest",
            Number(request, Vcpus, 1, 65_536) ?? domain?.Vcpus?.Maximum ?? throw Missing(Vcpus),
            Size(request, Memory) ?? domain?.MemoryKiB ?? throw Missing(Memory),
            Word(request, Cpu, CpuKind.Dedicated, CpuKind.Shared) ?? CpuKind.Dedicated,
            Number(request, Cells, 1, 64),
            domain?.GuestCells is { Count: > 0 } layout ? layout : null,
            Word(request, Smt, SmtPolicy.Prefer, SmtPolicy.Isolate, SmtPolicy.Require),
            pages is null || choice is not null ? null : MemorySize.Parse(Pages.Name, pages),
            choice,
            Word(request, Emulator, EmulatorPolicy.Share, EmulatorPolicy.Isolate),
            Number(request, Reserved, 0, 4_096) ?? 0,
            request.Parse.GetValue(Near),
            Word(request, Policy, PlacementPolicy.Closest, PlacementPolicy.Pack, PlacementPolicy.Spread),
            new FitLimits(Ratio(request, CpuRatio), Ratio(request, MemoryRatio), Size(request, Reserve) ?? DefaultReserveKiB, Size(request, Overhead) ?? DefaultOverheadKiB),
            request.Parse.GetValue(SharedCells),
            request.Parse.GetValue(OnCells) is { } cells ? Set(cells) : null);
    }

    private GuestPins Guest(string path, Surroundings around)
    {
        var reading = DomainDocuments.Parse(GivenBytes.Read(Domain.Name, path, around), path == "-" ? null : Path.GetFileNameWithoutExtension(path));
        return reading.Refused is { } refused ? throw new Refusal(ExitCode.SourceUnusable, $"--domain {refused.With(path)}", "virsh dumpxml GUEST prints such a document")
            : reading.Guests is [var one, ..] ? one.Pins
            : throw new Refusal(ExitCode.SourceUnusable, $"--domain {path}: there is no guest in it");
    }

    private static Refusal Missing(Option option) => new(
        ExitCode.Usage, $"place needs {option.Name}", "numa-history place --vcpus 4 --memory 8GiB, or --domain FILE, or --problem FILE");

    private static long? Size(Request request, Option<string> option) =>
        request.Parse.GetValue(option) is { } text ? MemorySize.Parse(option.Name, text) : null;

    private static int? Number(Request request, Option<string> option, int least, int most) => request.Parse.GetValue(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new Refusal(ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not a number from {least} to {most}");

    private static double? Ratio(Request request, Option<string> option) => request.Parse.GetValue(option) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio is > 0 and <= 1_000 ? ratio
        : throw new Refusal(ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not a ratio such as 4 or 1.5");

    private CpuSet Set(string text) => CpuSet.TryParse(text, out var set) ? set
        : throw new Refusal(ExitCode.Usage, $"{OnCells.Name}: '{Cleaned.Text(text)}' is not a list of cells such as 0-1");

    private static T? Word<T>(Request request, Option<string> option, params T[] words)
        where T : struct, Enum
    {
        if (request.Parse.GetValue(option) is not { } text)
        {
            return null;
        }

        var names = words.Select(word => word.ToString().ToLowerInvariant()).ToList();
        return names.IndexOf(text) is >= 0 and var found ? words[found] : throw new Refusal(
            ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not {string.Join(" or ", names)}",
            Nearest.Of(text, names) is { } near ? $"did you mean {near}?" : null);
    }
}
