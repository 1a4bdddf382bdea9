using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Repair;

/// <summary>The cheapest pinning that keeps what the old one was for. The machine: four cells of two cores with two threads each.</summary>
public sealed class RepairerTests
{
    [Fact]
    public void What_fits_is_not_repaired() => Assert.Equal("it fits; there is nothing to repair", Answer(Questions.Ask()).Why);

    [Fact]
    public void A_pair_of_siblings_moves_together_to_the_other_core_of_its_cell()
    {
        var plan = Plan(Without("5"));

        Assert.Equal(["vcpu 0: 4 -> 6, next start", "vcpu 1: 5 -> 7, next start"], Moves(plan));
        Assert.Equal((Verdict.Fits, 0L, true), (plan.Verdict, plan.MovesKiB, plan.MemoryFollows));
        Assert.Equal(["virsh vcpupin web02 0 6 --config", "virsh vcpupin web02 1 7 --config"], plan.Commands);
    }

    [Fact]
    public void Without_room_in_its_cell_the_guest_moves_to_the_nearest_with_its_memory()
    {
        var plan = Plan(Without("5-7"));

        Assert.Equal(["vcpu 0: 4 -> 0, next start", "vcpu 1: 5 -> 1, next start", "memory: 1 -> 0, next start"], Moves(plan));
        Assert.Equal(4 * Questions.GiB, plan.MovesKiB);
        Assert.Equal("virsh numatune web02 --nodeset 0 --config", plan.Commands[^1]);
    }

    [Fact]
    public void Cells_that_changed_numbers_move_the_binding_and_no_vcpu()
    {
        var machine = Questions.Machine().Renumbered(id => id switch { 1 => 2, 2 => 1, _ => id });

        var plan = Plan(Questions.Ask(host: machine.Topology()));

        Assert.Equal(["memory: 1 -> 2, next start"], Moves(plan));
    }

    [Fact]
    public void A_running_guest_with_strict_memory_goes_to_its_memory_because_that_cannot_come_along()
    {
        var machine = Questions.Machine().Renumbered(id => id switch { 1 => 2, 2 => 1, _ => id });
        var running = Questions.Ask(Questions.Guest() with { State = "running" }, machine.Topology()) with { Situation = Situation.Running };

        var plan = Plan(running);

        Assert.Equal(["vcpu 0: 4 -> 8, now", "vcpu 1: 5 -> 9, now"], Moves(plan));
        Assert.Equal("virsh vcpupin web02 0 8 --live --config", plan.Commands[0]);
    }

    [Fact]
    public void Where_a_running_guest_has_to_change_cells_strict_memory_waits_and_the_plan_says_so()
    {
        var running = Without("5-7") with { Situation = Situation.Running };

        var plan = Plan(running);
        var restrictive = Plan(running with { Guest = running.Guest with { Memory = new MemoryBinding(MemoryMode.Restrictive, Some.Cpus("1")) } });

        Assert.False(plan.MemoryFollows);
        Assert.Equal("memory: 1 -> 0, next start", Moves(plan)[^1]);
        Assert.Contains("4 GiB of memory cannot move while it runs", plan.Notes[0], StringComparison.Ordinal);
        Assert.True(restrictive.MemoryFollows);
        Assert.Equal("memory: 1 -> 0, now", Moves(restrictive)[^1]);
        Assert.Equal("virsh numatune web02 --nodeset 0 --live --config", restrictive.Commands[^1]);
    }

    [Fact]
    public void A_vcpu_that_wants_its_core_alone_gets_one_whose_sibling_nobody_uses()
    {
        var guest = Questions.Guest() with { Smt = SmtPolicy.Isolate, Pins = [new VcpuPin(0, Some.Cpus("4"))], Vcpus = new GuestVcpus(1, 1) };

        var plan = Plan(Questions.Ask(guest) with { Others = [Other("5"), Other("0")] });

        Assert.Equal(["vcpu 0: 4 -> 6, next start"], Moves(plan));
    }

    [Fact]
    public void A_pair_that_has_to_be_on_siblings_is_made_one()
    {
        var guest = Questions.Guest() with { Smt = SmtPolicy.Require, Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("6"))] };

        var plan = Plan(Questions.Ask(guest));

        Assert.Equal(["vcpu 1: 6 -> 5, next start"], Moves(plan));
    }

    [Fact]
    public void An_exclusive_guest_leaves_what_another_has()
    {
        var guest = Questions.Guest() with { Exclusive = true, Emulator = Some.Cpus("6") };

        var plan = Plan(Questions.Ask(guest) with { Others = [Other("4")] });

        Assert.Equal(Verdict.Fits, plan.Verdict);
        Assert.Equal(["6", "7"], plan.Proposed.Pins.Select(pin => pin.Cpus!.ToString()));
        Assert.False(plan.Proposed.Emulator!.Overlaps(Some.Cpus("6-7")));
    }

    [Fact]
    public void Of_two_vcpus_that_are_promised_the_same_CPU_one_stays()
    {
        var guest = Questions.Guest() with { Exclusive = true, Emulator = Some.Cpus("7"), Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("4"))] };

        Assert.Equal(["vcpu 1: 4 -> 6, next start"], Moves(Plan(Questions.Ask(guest))));
    }

    [Fact]
    public void A_set_for_the_whole_cell_is_narrowed_rather_than_moved()
    {
        var guest = Questions.Guest() with { Pins = [new VcpuPin(0, Some.Cpus("4-7")), new VcpuPin(1, Some.Cpus("4-7"))] };

        Assert.Equal(
            ["vcpu 0: 4-7 -> 4,6-7, next start", "vcpu 1: 4-7 -> 4,6-7, next start"],
            Moves(Plan(Questions.Ask(guest, (Questions.Machine() with { Offline = Some.Cpus("5") }).Topology()))));
    }

    [Fact]
    public void A_guest_stays_with_its_device()
    {
        var guest = Questions.Guest() with
        {
            HostDevices = ["0000:3b:00.0"],
            Pins = [new VcpuPin(0, Some.Cpus("8")), new VcpuPin(1, Some.Cpus("9"))],
            Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("2")),
        };

        var plan = Plan(Questions.Ask(guest) with { Context = null });

        Assert.Equal(["vcpu 0: 8 -> 4, next start", "vcpu 1: 9 -> 5, next start", "memory: 2 -> 1, next start"], Moves(plan));
    }

    [Fact]
    public void vCPUs_that_strayed_from_memory_in_several_cells_are_shared_out_among_these()
    {
        var guest = Questions.Guest() with
        {
            Vcpus = new GuestVcpus(4, 4),
            Pins = [.. Enumerable.Range(0, 4).Select(vcpu => new VcpuPin(vcpu, CpuSet.Of(8 + vcpu)))],
            Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("0-1")),
        };

        var plan = Plan(Questions.Ask(guest) with { Context = null });

        Assert.Equal(["8", "9", "4", "5"], plan.Proposed.Pins.Select(pin => pin.Cpus!.ToString()));
        Assert.Equal("1-2", plan.Proposed.Memory!.Cells!.ToString());
    }

    [Fact]
    public void Guest_cells_stay_apart()
    {
        var guest = Questions.Guest() with
        {
            Memory = null,
            GuestCells =
            [
                new GuestCell(0, Some.Cpus("0"), Questions.GiB, MemoryMode.Strict, Some.Cpus("1")),
                new GuestCell(1, Some.Cpus("1"), Questions.GiB, MemoryMode.Strict, Some.Cpus("1")),
            ],
        };

        var plan = Plan(Questions.Ask(guest) with { Context = null });

        Assert.Equal(Verdict.Fits, plan.Verdict);
        Assert.Equal("memory of guest cell 1: 1 -> 0, next start", Moves(plan)[^1]);
    }

    [Fact]
    public void An_offline_pin_of_threads_beside_the_vcpus_moves_alone()
    {
        var guest = Questions.Guest() with { Emulator = Some.Cpus("6"), Iothreads = [new IothreadPin(1, Some.Cpus("6-7"))] };

        var plan = Plan(Questions.Ask(guest, (Questions.Machine() with { Offline = Some.Cpus("6") }).Topology()));

        Assert.Equal(["emulator: 6 -> 7, next start", "iothread 1: 6-7 -> 7, next start"], Moves(plan));
    }

    [Fact]
    public void What_other_pins_cannot_mend_has_no_plan()
    {
        var gone = Questions.Ask(Questions.Guest() with { HostDevices = ["0000:ff:00.0"] });
        var full = Without("0-3,5-15");
        var unknown = Questions.Ask() with { Host = new FitHost("h1", null) };

        Assert.Contains("device 0000:ff:00.0", Answer(gone).Why, StringComparison.Ordinal);
        Assert.StartsWith("no other pinning on h1 keeps what this one is for", Answer(full).Why, StringComparison.Ordinal);
        Assert.StartsWith("other pins do not help: nothing is known of the topology", Answer(unknown).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_core_under_the_same_number_can_be_accepted()
    {
        var other = Questions.Cpu(Questions.Cpu(Questions.Machine().Topology(), 4, cpu => cpu with { ApicId = 9, Model = "B" }), 5, cpu => cpu with { Model = "B" });

        var plan = Plan(Questions.Ask(host: other));

        Assert.Empty(plan.Moves);
        Assert.Empty(plan.Commands);
        Assert.StartsWith("the pins can stay", plan.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_that_differs_from_what_runs_is_made_to_say_the_same()
    {
        var definition = Questions.Guest() with { Pins = [new VcpuPin(0, Some.Cpus("6")), new VcpuPin(1, Some.Cpus("5"))] };
        var question = Questions.Ask() with { Situation = Situation.Running, OtherLayer = definition };

        Assert.Equal(["virsh vcpupin web02 0 4 --config"], Plan(question).Commands);
    }

    [Fact]
    public void A_thread_that_somebody_moved_behind_the_hypervisor_is_pinned_again()
    {
        var guest = Questions.Guest() with { Effective = new EffectivePinning([new EffectivePin(0, Some.Cpus("4")), new EffectivePin(1, Some.Cpus("0-15"))]) };

        var plan = Plan(Questions.Ask(guest) with { Situation = Situation.Running });

        Assert.Equal(["virsh vcpupin web02 1 5 --live --config"], plan.Commands);
    }

    [Theory]
    [InlineData("nova", "openstack server migrate --live-migration 5d0c3f8e-0000-4000-8000-000000000001")]
    [InlineData("ovirt", "CPU Pinning topology 0#6_1#7")]
    [InlineData("kubevirt", "virtctl migrate web02")]
    [InlineData("opennebula", "OpenNebula")]
    [InlineData("somebody", "somebody, which manages this guest")]
    public void A_guest_that_somebody_manages_gets_no_virsh_line_but_the_managers_way(string manager, string way)
    {
        var question = Without("5");
        question = question with { Guest = question.Guest with { ManagedBy = manager } };

        var plan = Plan(question);

        Assert.Equal(manager, plan.Through);
        Assert.Empty(plan.Commands);
        Assert.Contains(way, string.Join('\n', plan.Notes), StringComparison.Ordinal);
        Assert.DoesNotContain("virsh", string.Join('\n', plan.Notes.Concat(FitCheck.Check(question).Findings.Select(finding => finding.Repair))), StringComparison.Ordinal);
    }

    private static FitQuestion Without(string offline) => Questions.Ask(host: (Questions.Machine() with { Offline = Some.Cpus(offline) }).Topology());

    private static GuestPins Other(string cpus) => new("other", Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, Some.Cpus(cpus))]);

    private static RepairAnswer Answer(FitQuestion question) => Repairer.Plan(question, FitCheck.Check(question));

    private static RepairPlan Plan(FitQuestion question)
    {
        var answer = Answer(question);
        Assert.True(answer.Plan is not null, answer.Why);
        return answer.Plan;
    }

    private static List<string> Moves(RepairPlan plan) => [.. plan.Moves.Select(move => $"{move.Subject}: {move.From} -> {move.To}, {move.Applies}")];
}
