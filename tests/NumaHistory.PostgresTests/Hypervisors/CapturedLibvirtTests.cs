using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Hypervisors;

/// <summary>Guests that somebody pinned under a real libvirt, looked at again: the history tells what was done to them.</summary>
public sealed class CapturedLibvirtTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_that_was_pinned_live_in_its_definition_and_in_both_reads_as_one_story()
    {
        using var libvirt = new CapturedLibvirt("libvirt-numa4");
        var started = libvirt.Dumped("dumpxml-1");
        var live = started with { Effective = libvirt.Threads("threads-1", "a1") };
        var config = started with { Layer = PinLayer.Config };
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(51).AddSeconds(50), live, config);

        // A look at each event; what was changed without one since the last look is seen with it.
        var changes = libvirt.Tunables();
        config = config with { Pins = libvirt.Listed("vcpupin-2-config", config.Cpus) };
        foreach (var (at, thread, cpus) in changes)
        {
            live = Repinned(live, thread, cpus);
            await LookAsync(libvirt, at, live, at == changes[0].At ? started with { Layer = PinLayer.Config } : config);
        }

        var changed = libvirt.Dumped("dumpxml-2") with { Effective = libvirt.Threads("threads-2", "a1") };
        Assert.Equal(live.Pins, changed.Pins);
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(52).AddSeconds(20), changed, config);
        var events = await store.AskAsync<long>("select count(*) from numa.event where guest is not null");

        // A taskset that the kernel refused, and a look that finds nothing new.
        var behind = libvirt.Dumped("dumpxml-3-behind") with { Effective = libvirt.Threads("threads-3", "a1") };
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(53), behind, config);
        Assert.Equal(events, await store.AskAsync<long>("select count(*) from numa.event where guest is not null"));

        var verdict = await AskAsync("fit a1 --situation running -o json --at 2026-11-23T12:53:01Z");
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(53).AddSeconds(23), null, config);
        Assert.Equal(libvirt.Listed("vcpupin-6-shutoff", config.Cpus), config.Pins);
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(53).AddSeconds(26), null, null);

        Snapshot.Matches(await StoryAsync("a1"));
        var differs = verdict.Item().GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("code").GetString() == "layer-differs");
        Assert.Equal(["emulator", "iothread 1", "memory", "vcpu 0", "vcpu 1"], differs.Select(finding => finding.GetProperty("subject").GetString()).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(verdict.Item().GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "drift");
    }

    [Fact]
    public async Task Changes_that_libvirt_refuses_leave_no_trace_and_a_reset_is_a_pin_on_all_CPUs()
    {
        using var libvirt = new CapturedLibvirt("libvirt-host");
        var config = libvirt.Dumped("dumpxml-inactive-start");
        var live = libvirt.Dumped("dumpxml-live-start");
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(30).AddSeconds(40), live, config);

        var changes = libvirt.Tunables();
        foreach (var (at, thread, cpus) in changes)
        {
            live = Repinned(live, thread, cpus);
            config = at > changes[0].At ? config with { Pins = libvirt.Listed("vcpupin-after-config", null) } : config;
            await LookAsync(libvirt, at, live, config);
        }

        var threads = libvirt.Threads("qemu-threads-status", "d1");
        live = live with { Pins = libvirt.Listed("vcpupin-after-live", null), Effective = threads };
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(30).AddSeconds(56), live, config);
        await LookAsync(libvirt, Day.AddHours(12).AddMinutes(30).AddSeconds(59), null, config);

        Assert.Equal("0", threads.Emulator!.ToString());
        Snapshot.Matches(await StoryAsync("d1"));
    }

    private async Task LookAsync(CapturedLibvirt libvirt, DateTimeOffset at, GuestPins? live, GuestPins? config)
    {
        (libvirt.At, libvirt.Guest) = (at, (live, config));
        await store.Facts.RecordAsync(await libvirt.ReadAsync(Cancel), Cancel);
    }

    private Task<History.Outcome> AskAsync(string line) => store.AskAsync(line, Day.AddDays(1));

    // When it was recorded differs each time.
    private async Task<string> StoryAsync(string guest)
    {
        var csv = await AskAsync($"history {guest}");
        return string.Concat(csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(words => $"{words[1]}  {words[3]}  {words[^1]}\n"));
    }

    private static GuestPins Repinned(GuestPins pins, string thread, string cpus)
    {
        var set = CpuSet.Parse(cpus);
        var number = thread.AsSpan(thread.AsSpan().IndexOfAnyInRange('0', '9') is var digits and >= 0 ? digits : thread.Length);
        return thread switch
        {
            "emulatorpin" => pins with { Emulator = set, Effective = pins.Effective is { } seen ? seen with { Emulator = seen.Emulator is null ? null : set } : null },
            ['i', ..] => pins with
            {
                Iothreads = [new IothreadPin(int.Parse(number, null), set)],
                Effective = pins.Effective is { } seen ? seen with { Iothreads = [new IothreadPin(int.Parse(number, null), set)] } : null,
            },
            _ => Vcpu(pins, int.Parse(number, null), set),
        };
    }

    private static GuestPins Vcpu(GuestPins pins, int vcpu, CpuSet set) => pins with
    {
        Pins = [.. pins.Pins.Where(pin => pin.Vcpu != vcpu).Append(new VcpuPin(vcpu, set)).OrderBy(pin => pin.Vcpu)],
        Effective = pins.Effective is { } seen ? seen with { Pins = [.. seen.Pins.Select(pin => pin.Vcpu == vcpu ? pin with { Cpus = set } : pin)] } : null,
    };
}
