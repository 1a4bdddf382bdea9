using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class CsvTests
{
    [Fact]
    public void A_record_is_quoted_only_where_it_must_be()
    {
        using var text = new StringWriter();

        Csv.Write(text, "kvm01", 7, null, "", "a,b", "say \"hi\"", "two\nlines", 1.5, true, DateTimeOffset.UnixEpoch, " edge");

        Assert.Equal("kvm01,7,,\"\",\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",1.5,yes,1970-01-01T00:00:00Z,\" edge\"\r\n", text.ToString());
    }
}
