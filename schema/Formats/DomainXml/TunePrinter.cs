using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>Where a guest's threads may run and where its memory comes from.</summary>
internal static class TunePrinter
{
    public static void Iothreads(TextWriter output, IReadOnlyList<IothreadPin> threads)
    {
        if (threads.Count == 0)
        {
            return;
        }

        output.Write($"  <iothreads>{threads.Count}</iothreads>\n  <iothreadids>\n");
        foreach (var thread in threads)
        {
            output.Write($"    <iothread id='{thread.Id}'/>\n");
        }

        output.Write("  </iothreadids>\n");
    }

    public static void Cpus(TextWriter output, GuestPins guest)
    {
        List<string> pins =
        [
            .. guest.Pins.Where(pin => pin.Cpus is { IsEmpty: false }).Select(pin => $"<vcpupin vcpu='{pin.Vcpu}' cpuset='{pin.Cpus}'/>"),
            .. guest.Emulator is { IsEmpty: false } emulator ? [$"<emulatorpin cpuset='{emulator}'/>"] : (string[])[],
            .. guest.Iothreads.Where(thread => thread.Cpus is { IsEmpty: false })
                .Select(thread => $"<iothreadpin iothread='{thread.Id}' cpuset='{thread.Cpus}'/>"),
        ];
        Write(output, "cputune", pins);
    }

    public static void Memory(TextWriter output, GuestPins guest)
    {
        List<string> bindings =
        [
            .. guest.Memory is { } memory ? [Whole(memory)] : (string[])[],
            .. guest.GuestCells.Where(cell => cell.Cells is { IsEmpty: false })
                .Select(cell => $"<memnode cellid='{cell.Id}' mode='{MemoryModeText.Of(cell.Mode ?? MemoryMode.Strict)}' nodeset='{cell.Cells}'/>"),
        ];
        Write(output, "numatune", bindings);
    }

    private static string Whole(MemoryBinding memory) => memory.Cells is { IsEmpty: false } cells
        ? $"<memory mode='{MemoryModeText.Of(memory.Mode)}' nodeset='{cells}'/>"
        : $"<memory mode='{MemoryModeText.Of(memory.Mode)}' placement='auto'/>";

    private static void Write(TextWriter output, string name, List<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        output.Write($"  <{name}>\n");
        foreach (var line in lines)
        {
            output.Write($"    {line}\n");
        }

        output.Write($"  </{name}>\n");
    }
}
