using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>What a command line of QEMU says of a guest and where its memory comes from.</summary>
internal sealed record QemuCommand(GuestPins Pins, bool IsIncoming)
{
    /// <summary>Reads a command line; null, with a problem, where it is none. A part that cannot be read is a problem and left out.</summary>
    public static QemuCommand? Parse(string text, string name, Action<string> problem)
    {
        if (ShellWords.Split(text) is not { } words)
        {
            problem("a quote in the command line is not closed; the start is left out");
            return null;
        }

        var options = Options(words, problem);
        if (options.Count == 0)
        {
            problem("this is no command line of QEMU; the start is left out");
            return null;
        }

        return new QemuCommand(Guest(options.ToLookup(one => one.Name, one => one.Option), name, problem), options.Exists(one => one.Name == "incoming"));
    }

    private static GuestPins Guest(ILookup<string, QemuOption> options, string name, Action<string> problem)
    {
        var objects = options["object"].ToList();
        var backends = objects.Select(one => QemuBackend.Of(one, problem)).OfType<QemuBackend>().ToList();
        var cells = QemuCells.Read([.. options["numa"]], backends, problem);
        var own = cells.Count > 0 ? null : backends.Find(backend => backend.Cells is not null && !backend.Id.StartsWith("memdimm", StringComparison.Ordinal));
        return new GuestPins(
            options["name"].Select(one => one["guest"] ?? one.First).LastOrDefault() is { Length: > 0 } called ? called : name,
            options["uuid"].Select(one => Guid.TryParse(one.First, out var uuid) ? uuid.ToString("D") : null).LastOrDefault(),
            "running",
            PinLayer.Live,
            Vcpus: Vcpus(options["smp"].LastOrDefault(), problem),
            MemoryKiB: Memory(options["m"].LastOrDefault(), problem),
            Iothreads: [.. objects.Select(Iothread).OfType<IothreadPin>().OrderBy(thread => thread.Id)],
            Memory: own is null ? null : new MemoryBinding(own.Mode!.Value, own.Cells),
            Pages: QemuPages.Read(options, backends, cells),
            CpuModel: options["cpu"].Select(one => one.First == "host" ? "host-passthrough" : one.First).LastOrDefault(),
            Backing: new MemoryBacking(
                options["overcommit"].Any(one => one.IsOn("mem-lock")) || options["realtime"].Any(one => one.IsOn("mlock")),
                options.Contains("mem-prealloc") || backends.Exists(backend => backend.IsAllocated)),
            HostDevices: [.. options["device"].Where(one => (one["driver"] ?? one.First) == "vfio-pci").Select(one => one["host"]).OfType<string>().Select(Address)],
            Confidential: objects.Exists(one => (one["qom-type"] ?? one.First) is "sev-guest" or "sev-snp-guest" or "tdx-guest" or "s390-pv-guest"),
            GuestCells: cells);
    }

    // Variables and the program come first; an option takes the next word unless that is an option too.
    private static List<(string Name, QemuOption Option)> Options(IReadOnlyList<string> words, Action<string> problem)
    {
        var options = new List<(string, QemuOption)>();
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at] is not ['-', not ('-' or ' '), ..])
            {
                continue;
            }

            var name = words[at][1..];
            var value = at + 1 < words.Count && words[at + 1] is not ['-', ..] ? words[++at] : "";
            if (QemuOption.Parse(value) is { } option)
            {
                options.Add((name, option));
            }
            else
            {
                problem($"-{name} {value} is no JSON; it is left out");
            }
        }

        return options;
    }

    private static GuestVcpus? Vcpus(QemuOption? smp, Action<string> problem)
    {
        if (smp is null)
        {
            return null;
        }

        var current = QemuNumber.Count(smp["cpus"] ?? smp.First);
        var maximum = smp["maxcpus"] is { } most ? QemuNumber.Count(most) : current;
        if (current is null || maximum is null)
        {
            problem("-smp has no number of CPUs; it is left out");
            return null;
        }

        return new GuestVcpus(maximum.Value, current.Value);
    }

    private static long? Memory(QemuOption? memory, Action<string> problem)
    {
        if (memory is null)
        {
            return null;
        }

        var size = QemuNumber.KiB(memory["size"] ?? memory.First, QemuNumber.Mebi);
        if (size is null)
        {
            problem("-m has no size; it is left out");
        }

        return size;
    }

    private static IothreadPin? Iothread(QemuOption option) =>
        (option["qom-type"] ?? option.First) == "iothread" && option["id"] is { } id && id.StartsWith("iothread", StringComparison.Ordinal)
            && QemuNumber.Count(id["iothread".Length..]) is { } number
            ? new IothreadPin(number, null)
            : null;

    // QEMU lets domain 0 be left out.
    private static string Address(string host) => host.Count(letter => letter == ':') == 1 ? $"0000:{host}" : host;
}
