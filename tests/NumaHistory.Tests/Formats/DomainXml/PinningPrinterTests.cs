using System.Text;
using System.Text.Json;
using CsCheck;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>A pinning written as domain XML is read back as the same pinning.</summary>
public sealed class PinningPrinterTests
{
    [Fact]
    public void The_whole_pinning_stands_in_libvirts_own_order() => Snapshot.Matches(Printed(PrintedGuests.Whole), extension: "xml");

    [Fact]
    public void Whatever_libvirt_keeps_of_a_definition_is_read_written_and_read_again_the_same() => Rule.Holds(
        from line in File.ReadLines(Repository.At("tests", "NumaHistory.Tests", "Formats", "DomainXml", "libvirt-answers.jsonl"))
        let answer = JsonDocument.Parse(line).RootElement
        where answer.TryGetProperty("kept", out var text) && text.GetString() is not null
        let guest = Read(answer.GetProperty("kept").GetString()!)
        let again = Read(Printed(guest))
        where Json(guest) != Json(again)
        select $"{answer.GetProperty("name").GetString()}: {Json(guest)} comes back as {Json(again)}");

    [Fact]
    public void Any_pinning_comes_back() => PrintedGuests.Any.Sample(guest => Json(guest) == Json(Read(Printed(guest))));

    [Fact]
    public void A_foreign_name_cannot_leave_its_element()
    {
        var guest = PrintedGuests.Whole with { Guest = "a</name><vcpu>9</vcpu>&\u0007'\"𝄞" };

        Assert.Equal("a</name><vcpu>9</vcpu>&'\"𝄞", Read(Printed(guest)).Guest);
    }

    [Fact]
    public void Pins_alone_have_the_form_of_2007()
    {
        var text = new StringWriter();
        OldPinsPrinter.Write(text, [new VcpuPin(0, Some.Cpus("2-3")), new VcpuPin(1, Some.Cpus("3")), new VcpuPin(2, null, Some.Cpus("1"))]);

        Assert.Equal("<cpus>\n  <pin vcpu='0' cpulist='2-3'/>\n  <pin vcpu='1' cpulist='3'/>\n</cpus>\n", text.ToString());
        Assert.Equal(["0=2-3", "1=3"], Read(text.ToString()).Pins.Select(pin => $"{pin.Vcpu}={pin.Cpus}"));
    }

    [Fact]
    public void Where_nobody_counts_the_vcpus_there_are_as_many_as_are_pinned() =>
        Assert.Equal(new GuestVcpus(4, 4), Read(Printed(new GuestPins("a", Pins: [new VcpuPin(3, CpuSet.Of(1))]))).Vcpus);

    internal static string Printed(GuestPins guest)
    {
        var text = new StringWriter();
        PinningPrinter.Write(text, guest);
        return text.ToString();
    }

    private static GuestPins Read(string xml)
    {
        var guest = Assert.Single(DomainDocuments.Parse(Encoding.UTF8.GetBytes(xml), "unnamed").Guests);
        Assert.Empty(guest.Problems);
        return guest.Pins;
    }

    // What a pinning is; who manages the guest, its devices and its CPU model are elsewhere in the document.
    private static string Json(GuestPins pins) => JsonSerializer.Serialize(
        pins with { State = null, Layer = default, ManagedBy = null, CpuModel = null, HostDevices = [], Confidential = false },
        FactJson.Default.GuestPins);
}
