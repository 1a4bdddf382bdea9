using NumaHistory.Schema.Formats.VirshText;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.VirshText;

/// <summary>Only what differs is typed, and a foreign name stays one word.</summary>
public sealed class VirshCommandsTests
{
    private static readonly GuestPins Guest = new(
        "web02",
        Vcpus: new GuestVcpus(2, 2),
        Pins: [new VcpuPin(0, Some.Cpus("2-3")), new VcpuPin(1, Some.Cpus("3"))],
        Emulator: Some.Cpus("0"),
        Iothreads: [new IothreadPin(1, Some.Cpus("1"))],
        Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus("0")));

    [Fact]
    public void The_same_pinning_needs_no_command() => Assert.Empty(VirshCommands.Between(Guest, Guest, isRunning: true));

    [Fact]
    public void A_running_guest_is_changed_now_and_for_its_next_start_but_strict_memory_only_for_its_next_start()
    {
        var after = Guest with
        {
            Pins = [new VcpuPin(0, Some.Cpus("6-7")), new VcpuPin(1, Some.Cpus("3"))],
            Emulator = Some.Cpus("4"),
            Iothreads = [new IothreadPin(1, Some.Cpus("5"))],
            Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("1")),
        };

        Assert.Equal(
            [
                "virsh vcpupin web02 0 6-7 --live --config",
                "virsh emulatorpin web02 4 --live --config",
                "virsh iothreadpin web02 1 5 --live --config",
                "virsh numatune web02 --nodeset 1 --config",
            ],
            VirshCommands.Between(Guest, after, isRunning: true));
    }

    [Fact]
    public void A_restrictive_binding_can_change_while_the_guest_runs()
    {
        var before = Guest with { Memory = new MemoryBinding(MemoryMode.Restrictive, Some.Cpus("0")) };
        var after = Guest with { Memory = new MemoryBinding(MemoryMode.Restrictive, Some.Cpus("1")) };

        Assert.Equal(["virsh numatune web02 --nodeset 1 --live --config"], VirshCommands.Between(before, after, isRunning: true));
        Assert.Equal(
            ["virsh numatune web02 --mode restrictive --nodeset 1 --config"], VirshCommands.Between(Guest, after, isRunning: true));
    }

    [Fact]
    public void A_guest_that_had_nothing_gets_everything_for_its_next_start() => Assert.Equal(
        [
            "virsh vcpupin web02 0 2-3 --config",
            "virsh vcpupin web02 1 3 --config",
            "virsh emulatorpin web02 0 --config",
            "virsh iothreadpin web02 1 1 --config",
            "virsh numatune web02 --mode strict --nodeset 0 --config",
        ],
        VirshCommands.Between(new GuestPins("web02"), Guest, isRunning: false));

    [Fact]
    public void A_pin_that_goes_is_reset() => Assert.Equal(
        ["virsh vcpupin web02 1 r --config", "virsh emulatorpin web02 r --config"],
        VirshCommands.Between(Guest, Guest with { Pins = [Guest.Pins[0]], Emulator = null }, isRunning: false));

    [Fact]
    public void What_virsh_has_no_command_for_is_a_comment_with_the_element()
    {
        var cell = new GuestCell(0, Some.Cpus("0-1"), 1024, MemoryMode.Strict, Some.Cpus("0"));
        var before = Guest with { GuestCells = [cell], Cpus = Some.Cpus("0-3") };
        var after = before with
        {
            GuestCells = [cell with { Cells = Some.Cpus("1") }],
            Cpus = Some.Cpus("4-7"),
            Memory = null,
            Pages = [new GuestPages(2048, null)],
        };

        Assert.Equal(
            [
                "# virsh edit web02: <vcpu cpuset='4-7'>, from the next start on",
                "# virsh edit web02: no <memory> in <numatune>, from the next start on",
                "# virsh edit web02: <memnode cellid='0' mode='strict' nodeset='1'/>, from the next start on",
                "# virsh edit web02: the <hugepages> of <memoryBacking>, from the next start on",
            ],
            VirshCommands.Between(before, after, isRunning: true));
    }

    [Fact]
    public void Guest_cells_that_the_guest_has_not_yet_are_named_before_their_memory() => Assert.Equal(
        [
            "# virsh edit web02: <numa> in <cpu>, with one cell for the guest, from the next start on",
            "# virsh edit web02: <memnode cellid='0' mode='strict' nodeset='1'/>, from the next start on",
        ],
        VirshCommands.Between(Guest, Guest with { GuestCells = [new GuestCell(0, Some.Cpus("0-1"), 1024, MemoryMode.Strict, Some.Cpus("1"))] }, isRunning: false));

    [Theory]
    [InlineData("web02", "web02")]
    [InlineData("web 02; reboot", "'web 02; reboot'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("", "--domain ''")]
    [InlineData("7", "--domain 7")]
    [InlineData("-x", "--domain -x")]
    public void A_foreign_name_is_one_word(string name, string word) => Assert.Equal(word, VirshName.Of(new GuestPins(name)));

    [Theory]
    [InlineData("7")]
    [InlineData("-x")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[2Jb")]
    public void A_name_that_virsh_or_a_terminal_takes_for_something_else_gives_way_to_the_UUID(string name) => Assert.Equal(
        "f3a1c0de-0000-4000-8000-000000000002", VirshName.Of(new GuestPins(name, "f3a1c0de-0000-4000-8000-000000000002")));

    [Fact]
    public void A_line_feed_in_a_name_cannot_end_a_comment() => Assert.Equal(
        ["# virsh edit --domain 'a\\nreboot': <vcpu cpuset='1'>, from the next start on"],
        VirshCommands.Between(new GuestPins("a\nreboot"), new GuestPins("a\nreboot", Cpus: Some.Cpus("1")), isRunning: false));
}
