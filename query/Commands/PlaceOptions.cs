using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;

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

    private Option<string> Domain { get; } = GlobalOptions.Text("--domain", "FILE", "vCPUs, memory, pages and guest cells of this domain XML; - is standard input");

    private Option<string> Pages { get; } = GlobalOptions.Text("--hugepages", "SIZE", "huge pages of this size, or large or any: of whichever the host has; small is ordinary memory");

    private Option<string> Cpu { get; } = GlobalOptions.Text("--cpu", "KIND", "dedicated (default) or shared");

    private Option<string> Smt { get; } = GlobalOptions.Text("--smt", "POLICY", "prefer, isolate or require");

    private Option<string> Emulator { get; } = GlobalOptions.Text("--emulator", "POLICY", "share (default) or isolate: a CPU of its own");

    private Option<string> Reserved { get; } = GlobalOptions.Text("--reserved", "N", "dedicated CPUs beside those of the vCPUs");

    private Option<string> CpuRatio { get; } = GlobalOptions.Text("--cpu-ratio", "R", "shared vCPUs for each shared CPU (no limit)");

    private Option<string> MemoryRatio { get; } = GlobalOptions.Text("--memory-ratio", "R", "memory of shared guests for all memory (1)");

    private Option<string> Near { get; } = GlobalOptions.Text("--near", "DEVICE", "a guest cell on its cell, the first of them that fits there: 0000:3b:00.0, /dev/sdb, eth0");

    private Option<string> OnCells { get; } = GlobalOptions.Text("--on-cells", "LIST", "these host cells only; cells without CPUs and slow ones too");

    private Option<string> Policy { get; } = GlobalOptions.Text("--policy", "P", "closest (default), pack or spread");

    private Option<string> Reserve { get; } = GlobalOptions.Text("--reserve", "SIZE", "memory of each cell that guests may not have (128MiB)");

    private Option<string> Overhead { get; } = GlobalOptions.Text("--overhead", "SIZE", "what each guest costs beside its memory (64MiB)");

    private Option<string> Name { get; } = GlobalOptions.Text("--name", "NAME", "the guest's name in what is printed (guest)");

    private Option<bool> SharedCells { get; } = new("--allow-shared-cells") { Description = "several guest cells may go to one host cell" };

    private Option[] OfTheStore =>
    [
        Vcpus, Memory, Cells, Domain, Pages, Cpu, Smt, Emulator, Reserved, CpuRatio, MemoryRatio, Near, OnCells, Host, Policy, Reserve, Overhead,
        Name, SharedCells, Limit, Explain,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[.. OfTheStore, Time.Replay, Time.Since, Time.Until, Problem])
        {
            command.Add(option);
        }
    }

    /// <summary>A document of whole questions says itself what is asked, and its answers are JSON Lines.</summary>
    public void RefuseBesideProblem(Request request)
    {
        if (Array.Find(OfTheStore, option => request.Parse.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new Refusal(ExitCode.Usage, $"{other.Name}: {Problem.Name} brings whole questions, which say that themselves", $"leave {other.Name} out");
        }

        if (request.At is not null || request.KnownAt is not null)
        {
            throw new Refusal(
                ExitCode.Usage, $"{(request.At is not null ? "--at" : "--known-at")}: {Problem.Name} brings whole questions, which are of no moment", "leave it out");
        }

        if (request.Format is OutputFormat.Xml or OutputFormat.Virsh or OutputFormat.Xl or OutputFormat.Pins or OutputFormat.Csv)
        {
            throw new Refusal(
                ExitCode.Usage, $"-o {request.Format.ToString().ToLowerInvariant()}: the answers to {Problem.Name} are JSON Lines", "leave -o out");
        }
    }

    public int Candidates(Request request) => request.Number(Limit, 1, 100_000) ?? 10;

    public PlaceDomain? Document(Request request, Surroundings around) =>
        request.Parse.GetValue(Domain) is { } path ? PlaceDomain.Read(Domain.Name, path, around) : null;

    public GuestWish Wish(Request request, PlaceDomain? domain)
    {
        var vcpus = request.Number(Vcpus, 1, 65_536);
        var memory = request.Size(Memory) is { } asked ? Positive(Memory, asked, "16GiB") : (long?)null;
        var smt = request.Word(Smt, SmtPolicy.Prefer, SmtPolicy.Isolate, SmtPolicy.Require);
        var cells = request.Number(Cells, 1, 64);
        var (size, choice) = PageSize(request, domain);
        return new GuestWish(
            Named(request) ?? domain?.Guest.Guest ?? "guest",
            (domain is null ? vcpus : domain.Same(Vcpus.Name, vcpus, domain.Guest.Vcpus?.Maximum, count => $"{count}")) ?? throw Missing(Vcpus),
            (domain is null ? memory : domain.Same(Memory.Name, memory, domain.Guest.MemoryKiB, MemorySize.Human)) ?? throw Missing(Memory),
            Kind(request.Word(Cpu, CpuKind.Dedicated, CpuKind.Shared) ?? CpuKind.Dedicated, smt),
            domain is null ? cells : domain.Same(Cells.Name, cells, domain.Layout?.Count, count => $"{count}"),
            domain?.Layout,
            smt,
            size,
            choice,
            request.Word(Emulator, EmulatorPolicy.Share, EmulatorPolicy.Isolate),
            request.Number(Reserved, 0, 4_096) ?? 0,
            request.Parse.GetValue(Near),
            request.Word(Policy, PlacementPolicy.Closest, PlacementPolicy.Pack, PlacementPolicy.Spread),
            new FitLimits(
                request.Ratio(CpuRatio), request.Ratio(MemoryRatio), request.Size(Reserve) ?? DefaultReserveKiB, request.Size(Overhead) ?? DefaultOverheadKiB),
            request.Parse.GetValue(SharedCells),
            request.Cells(OnCells),
            domain?.Guest.HostDevices)
        {
            Uuid = domain?.Guest.Uuid,
            CurrentVcpus = domain?.Guest.Vcpus?.Current,
            CurrentMemoryKiB = domain?.Guest.CurrentMemoryKiB,
            Iothreads = [.. (domain?.Guest.Iothreads ?? []).Select(thread => thread.Id)],
        };
    }

    private (long? SizeKiB, PageChoice? Choice) PageSize(Request request, PlaceDomain? domain) => request.Parse.GetValue(Pages) switch
    {
        "small" => (null, PageChoice.Small),
        "large" => (null, PageChoice.Large),
        "any" => (null, PageChoice.Any),
        { } text => (Positive(Pages, MemorySize.Parse(Pages.Name, text), "2MiB, 1GiB, small, large or any"), null),
        null => domain?.PageSizeKiB() is { } size ? size == 0 ? (null, PageChoice.Any) : (size, null) : (null, null),
    };

    private string? Named(Request request) => request.Parse.GetValue(Name) is not { } name ? null
        : name.Trim().Length > 0 && !name.Any(char.IsControl) ? name
        : throw new Refusal(ExitCode.Usage, $"{Name.Name} '{name}': no hypervisor has such a guest", "name it in printable letters, or leave it out");

    private static long Positive(Option option, long kib, string hint) => kib > 0 ? kib
        : throw new Refusal(ExitCode.Usage, $"{option.Name} 0: there is nothing of no size", hint);

    private static CpuKind Kind(CpuKind kind, SmtPolicy? smt) => kind == CpuKind.Shared && smt is SmtPolicy.Isolate or SmtPolicy.Require
        ? throw new Refusal(
            ExitCode.Usage, $"--smt {(smt == SmtPolicy.Isolate ? "isolate" : "require")}: shared vCPUs float over all shared CPUs, so they have no cores",
            "--cpu dedicated, or leave --smt out")
        : kind;

    private static Refusal Missing(Option option) => new(
        ExitCode.Usage, $"place needs {option.Name}", "numa-history place --vcpus 4 --memory 8GiB, or --domain FILE, or --problem FILE");
}
