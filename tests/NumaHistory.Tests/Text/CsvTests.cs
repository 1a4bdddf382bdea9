using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class CsvTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_record_is_quoted_only_where_it_must_be()
    {
        using var text = new StringWriter();

        Csv.Write(text, "kvm01", 7, null, "", "a,b", "\"hi\"", "two\nlines", 1.5, false, Epoch, " edge");

        Assert.Equal(
            "kvm01,7,,\"\",\"a,b\",\"\"\"hi\"\"\",\"two\nlines\",1.5,no,1970-01-01T00:00:00Z,\" edge\"\r\n",
            text.ToString());
    }
}
