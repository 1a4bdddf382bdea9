using System.Text;
using CsCheck;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>Documents that are broken, or made to do harm, are refused with the place before they cost anything.</summary>
public sealed class HostileXmlTests
{
    private const string Good = """
        <domain type='kvm' id='1'><name>a</name><vcpu cpuset='0-3'>4</vcpu><memory unit='MiB'>64</memory>
          <cputune><vcpupin vcpu='0' cpuset='1,^2'/></cputune><numatune><memory mode='strict' nodeset='0'/></numatune>
          <cpu><numa><cell id='0' cpus='0-3' memory='65536'>
            <distances><sibling id='0' value='10'/></distances></cell></numa></cpu>
        </domain>
        """;

    [Theory]
    [InlineData("<!DOCTYPE d [<!ENTITY a 'aaa'>]>\n<domain><name>&a;</name></domain>", 1, 3, "a document type is not allowed")]
    [InlineData("<!DOCTYPE d SYSTEM 'file:///etc/passwd'><domain/>", 1, 3, "a document type is not allowed")]
    [InlineData("<domain>\n<name>&undefined;</name></domain>", 2, 8, "undeclared entity")]
    [InlineData("<domain>\n<name>a</domain>", 2, 10, "does not match the end tag")]
    [InlineData("<domain><name>a</name>\n<vcpu>", 2, 7, "not closed: vcpu, domain")]
    [InlineData("<domain id='1'\n id='2'/>", 2, 2, "duplicate attribute")]
    [InlineData("<domain>\n<name>\u0001</name></domain>", 2, 7, "invalid character")]
    [InlineData("<domain><name>a</name></domain>\nrubbish", 2, 1, "text outside of any element")]
    [InlineData("<?xml version='1.0' encoding='ebcdic-nowhere'?>\n<domain/>", 1, 31, "encoding")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?>\n<domain/>", 1, 31, "encoding")]
    [InlineData("\n<host/>", 2, 2, "<host> holds no domain")]
    public void Broken_text_is_refused_with_line_and_column(string text, int line, int column, string why)
    {
        var refused = Refused(text);

        Assert.Equal((line, column), (refused.Line, refused.Column));
        Assert.Contains(why, refused.What, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("<!-- nothing -->")]
    public void A_document_without_an_element_is_refused(string text) =>
        Assert.Equal("there is no XML element in it", Refused(text).What);

    [Theory]
    [InlineData("")]
    [InlineData("<domain><os>")]
    public void Nesting_is_followed_a_hundred_deep_and_no_further(string start)
    {
        var refused = Refused(start + string.Concat(Enumerable.Repeat("<a>", 1_000_000)));

        Assert.Equal("elements are nested deeper than 100", refused.What);
        Assert.NotNull(refused.Column);
    }

    [Fact]
    public void More_bytes_elements_or_attributes_than_a_document_has_are_refused()
    {
        var attributes = string.Concat(Enumerable.Range(0, 300).Select(i => $" a{i}='1'"));
        var crowd = string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}='>'"));

        Assert.Equal("it is larger than 16 MiB", DomainDocuments.Parse(new byte[(16 << 20) + 1]).Refused!.What);
        Assert.Equal(
            "it has more than 500000 elements",
            Refused($"<domain>{string.Concat(Enumerable.Repeat("<a/>", 600_000))}</domain>").What);
        Assert.Equal("an element has more than 200 attributes", Refused($"<domain{attributes}/>").What);
        Assert.Equal(
            new Problem("", 2, "an element has too many attributes") { Column = 9 }, Refused($"\n<domain><a{crowd}/></domain>"));
    }

    [Theory]
    [InlineData("<vcpu>4294967295</vcpu>")]
    [InlineData("<vcpu cpuset='0-4294967295'>1</vcpu>")]
    [InlineData("<memory unit='EiB'>18446744073709551615</memory>")]
    [InlineData("<memory>999999999999999999999999999999</memory>")]
    [InlineData("<iothreads>4294967295</iothreads>")]
    [InlineData("<iothreadids><iothread id='4294967295'/></iothreadids>")]
    [InlineData("<cpu><numa><cell id='4294967295' cpus='0' memory='1'/></numa></cpu>")]
    [InlineData("<cpu><numa><cell memory='1'><distances><sibling id='4294967295' value='20'/></distances></cell></numa></cpu>")]
    public void A_huge_number_is_a_problem_and_not_a_huge_guest(string part)
    {
        var guest = Assert.Single(Parse($"<domain><name>a</name>{part}</domain>").Guests);

        Assert.Single(guest.Problems);
    }

    [Fact]
    public void Of_many_problems_the_first_are_told_and_the_rest_are_counted()
    {
        var pins = string.Concat(Enumerable.Repeat("<vcpupin vcpu='0' cpuset='0-16383'/>", 1001));

        var guest = Assert.Single(Parse($"<domain><name>a</name><cputune>{pins}</cputune></domain>").Guests);

        Assert.Equal(51, guest.Problems.Count);
        Assert.Equal("950 more problems", guest.Problems[^1].What);
    }

    [Fact]
    public void Cells_beyond_any_hypervisor_are_not_taken()
    {
        var cells = string.Concat(Enumerable.Repeat("<cell memory='1'/>", 1025));

        var guest = Assert.Single(Parse($"<domain><name>a</name><cpu><numa>{cells}</numa></cpu></domain>").Guests);

        Assert.Equal("<numa> has more than 1024 cells", Assert.Single(guest.Problems).What);
        Assert.Empty(guest.Pins.GuestCells);
    }

    [Fact]
    public void Encodings_that_a_document_declares_are_read_and_bytes_that_belong_to_none_are_not()
    {
        const string text = "<?xml version='1.0' encoding='{0}'?><domain><name>ä</name></domain>";
        var latin1 = Encoding.Latin1.GetBytes(text.Replace("{0}", "iso-8859-1", StringComparison.Ordinal));
        var utf16 = text.Replace("{0}", "utf-16", StringComparison.Ordinal);

        Assert.Equal("ä", Name(latin1));
        Assert.Equal("ä", Name([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(utf16)]));
        Assert.Equal("ä", Name([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(utf16)]));
        Assert.Equal("ä", Name([.. Encoding.UTF8.GetPreamble(), .. "<domain><name>ä</name></domain>"u8]));
        var bad = DomainDocuments.Parse(Encoding.Latin1.GetBytes("<domain>\n<name>ä</name></domain>")).Refused!;
        Assert.Equal((2, 7), (bad.Line, bad.Column));
    }

    [Fact]
    public void Whatever_happens_to_a_document_it_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 40], Gen.Char["<>&'\"=/0123456789-,^ax \n\0\uffff"].Array[0, 5])
            .Array[1, 4]
            .Sample(edits =>
            {
                var text = new StringBuilder(Good);
                foreach (var (at, length, put) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, put);
                }

                var reading = Parse(text.ToString());
                Assert.True(reading.Refused is null ? reading.Guests.Count > 0 : reading.Guests.Count == 0);
            });

    private static string Name(byte[] bytes) => Assert.Single(DomainDocuments.Parse(bytes).Guests).Pins.Guest;

    private static Problem Refused(string text) => Assert.IsType<Problem>(Parse(text).Refused);

    private static DomainReading Parse(string text) => DomainDocuments.Parse(Encoding.UTF8.GetBytes(text));
}
