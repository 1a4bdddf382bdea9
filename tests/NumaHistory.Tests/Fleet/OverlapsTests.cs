using CsCheck;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>When exclusive pins met others, and who came second.</summary>
public sealed class OverlapsTests
{
    private static readonly Guid[] Guests = [Guid.Parse("00000000-0000-0000-0000-00000000000a"), Guid.Parse("00000000-0000-0000-0000-00000000000b"), Guid.Parse("00000000-0000-0000-0000-00000000000c")];

    private static readonly Gen<HeldPin> Pins = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 6], Gen.Int[1, 4], Gen.Bool, Gen.Int[0, 3])
        .Select((guest, layer, cpu, from, length, exclusive, width) => Pin(
            guest, layer, $"{cpu}-{cpu + (width == 3 ? 1 : 0)}", from, from + length > 8 ? null : from + length, exclusive && layer == 2));

    [Fact]
    public void The_one_who_came_later_is_second_until_one_of_them_goes()
    {
        var overlap = Assert.Single(Overlaps.Of([Pin(0, 2, "2-3", 0, null, true), Pin(1, 1, "3-5", 10, 20, false)]));

        Assert.Equal(("h1", "3", Some.Minute(10), Some.Minute(20)), (overlap.Host, overlap.Cpus.ToString(), overlap.From, overlap.Until!.Value));
        Assert.Equal(("a", "b"), (overlap.First.Name, overlap.Second.Name));
    }

    [Fact]
    public void Shared_pins_may_meet() => Assert.Empty(Overlaps.Of([Pin(0, 1, "2-3", 0, null, false), Pin(1, 1, "3-5", 10, 20, false)]));

    [Fact]
    public void A_definition_counts_only_while_its_guest_does_not_run()
    {
        HeldPin[] pins = [Pin(0, 2, "0", 0, null, true), Pin(1, 0, "0", 0, 60, false), Pin(1, 1, "5", 10, 20, false), Pin(1, 1, "6", 20, 30, false)];

        Assert.Equal([(0d, 10d), (30, 60)], Overlaps.Of(pins).Select(one => ((one.From - Some.Noon).TotalMinutes, (one.Until!.Value - Some.Noon).TotalMinutes)));
    }

    [Fact]
    public void Other_CPUs_begin_another_overlap_and_the_same_ones_do_not()
    {
        HeldPin[] pins = [Pin(0, 2, "0-3", 0, null, true), Pin(1, 1, "1", 5, 10, false), Pin(1, 1, "1", 10, 20, false), Pin(1, 1, "2", 20, null, false)];

        Assert.Equal(["1 5", "2 20"], Overlaps.Of(pins).Select(one => $"{one.Cpus} {(one.From - Some.Noon).TotalMinutes}"));
        Assert.Null(Overlaps.Of(pins)[^1].Until);
    }

    [Fact]
    public void At_every_moment_the_overlaps_are_what_looking_at_each_pair_of_pins_finds() => Pins.Array[1, 8].Sample(pins =>
    {
        var overlaps = Overlaps.Of(pins);
        return Enumerable.Range(0, 9).Select(minute => Some.Minute(minute + 0.5)).All(at =>
        {
            var there = pins.Where(pin => pin.Pin.From <= at && !(pin.Pin.Until <= at)).ToList();
            var counting = there.Where(pin => pin.Pin.Layer != "config" || !there.Exists(other => other.Guest == pin.Guest && other.Pin.Layer == "live")).ToList();
            var expected = (from left in counting
                            from right in counting
                            where left.Guest.CompareTo(right.Guest) < 0 && (left.Pin.Exclusive || right.Pin.Exclusive)
                            from cpu in left.Pin.Cpus.Intersect(right.Pin.Cpus).Members()
                            select $"{left.Name}{right.Name} {cpu}").Distinct().Order();
            var found = from one in overlaps
                        where one.From <= at && !(one.Until <= at)
                        from cpu in one.Cpus.Members()
                        select $"{string.Concat(new[] { one.First.Name, one.Second.Name }.Order())} {cpu}";
            return expected.SequenceEqual(found.Order());
        });
    });

    private static HeldPin Pin(int guest, int layer, string cpus, int from, int? until, bool exclusive) => new(
        Guests[guest],
        "abc"[guest].ToString(),
        new PinInterval(
            "h1", layer == 0 ? "config" : layer == 1 ? "live" : "decided", "vcpu", 0, CpuSet.Parse(cpus), exclusive, null, null, Guid.NewGuid(), Some.Minute(from), until is { } end ? Some.Minute(end) : null));
}
