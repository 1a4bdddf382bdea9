using System.Text;
using CsCheck;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Connecting;

public sealed class PrivateStorePlaceTests
{
    [Theory]
    [InlineData(0, "/x/state", "/root", "/x/state/numahistory")]
    [InlineData(0, null, "/root", "/var/lib/numahistory")]
    [InlineData(1000, "/x/state", "/ann", "/x/state/numahistory")]
    [InlineData(1000, null, "/ann", "/ann/.local/state/numahistory")]
    [InlineData(1000, "relative", "/ann", "/ann/.local/state/numahistory")]
    [InlineData(1000, "", "/ann", "/ann/.local/state/numahistory")]
    public void The_state_folder_follows_XDG_and_the_user(int user, string? state, string home, string expected)
    {
        var place = Of(user, new() { ["XDG_STATE_HOME"] = state, ["HOME"] = home });

        Assert.Equal(expected, place.State);
        Assert.Equal(expected + "/socket", place.SocketFolder);
    }

    [Fact]
    public void Without_a_home_the_user_is_told_what_to_set()
    {
        var refusal = Assert.Throws<Refusal>(() => Of(1000, []));

        Assert.Equal(ExitCode.StoreUnreachable, refusal.Code);
    }

    [Fact]
    public void A_socket_path_that_would_be_too_long_or_has_a_comma_lies_elsewhere_and_is_never_shared()
    {
        var folder = Gen.Char["abä,/"].Array[0, 150].Select(letters => "/" + new string(letters));

        Gen.Select(folder, folder).Sample((one, other) =>
        {
            var first = Of(1000, new() { ["XDG_STATE_HOME"] = one, ["XDG_RUNTIME_DIR"] = "/run/user/1000" });
            var second = Of(1000, new() { ["XDG_STATE_HOME"] = other, ["XDG_RUNTIME_DIR"] = "/run/user/1000" });

            Assert.True(Encoding.UTF8.GetByteCount(first.SocketFolder + "/.s.PGSQL.5432") <= 107);
            Assert.DoesNotContain(",", first.SocketFolder, StringComparison.Ordinal);
            Assert.Equal(first.State == second.State, first.SocketFolder == second.SocketFolder);
        });
    }

    [Fact]
    public void The_server_of_root_is_not_put_where_its_user_may_not_go()
    {
        var place = Of(
            0, new() { ["XDG_STATE_HOME"] = "/" + new string('a', 120), ["XDG_RUNTIME_DIR"] = "/run/user/0" });

        Assert.StartsWith("/tmp/numahistory-0-", place.SocketFolder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_started_store_is_found_by_its_file_and_its_absence_is_a_refusal()
    {
        var place = Of(1000, new() { ["HOME"] = "/ann" });
        var file = new PrivateStoreFile(LibpqKeywords.Print(PrivateStoreFile.Parameters("/run/a b")), "/run/a b", 15);

        var connection = PrivateStoreFile.ToNpgsql(file.Print(), place);
        var refusal = Assert.Throws<Refusal>(() => PrivateStoreFile.ToNpgsql(null, place));

        Assert.Equal("Host=\"/run/a b\";Port=5432;Database=numahistory;Username=numahistory", connection);
        Assert.Equal(ExitCode.StoreUnreachable, refusal.Code);
        Assert.Contains("numa-recorder up", refusal.Hint, StringComparison.Ordinal);
    }

    private static PrivateStorePlace Of(int user, Dictionary<string, string?> environment) =>
        PrivateStorePlace.Of(name => environment.GetValueOrDefault(name), (uint)user);
}
