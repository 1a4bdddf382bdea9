using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Recorder.PrivateStore;

public sealed class StateFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("numahistory-state").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_missing_folder_is_made_and_closed_to_others()
    {
        var state = State(Path.Combine(folder, "a/b"), user: Unix.User);

        state.Prepare();

        Assert.False(Unix.Owner(state.Place.State)!.Value.OthersMayWrite);
        Assert.Equal(0x180, Unix.Owner(state.Lock)!.Value.Mode & 0x1ff);
    }

    [Fact]
    public void A_folder_of_another_user_is_refused()
    {
        var state = State(folder, user: Unix.User + 1);
        Directory.CreateDirectory(state.Place.State);

        var refusal = Assert.Throws<Refusal>(state.Prepare);

        Assert.Equal(ExitCode.StoreUnreachable, refusal.Code);
        Assert.Contains(
            $"belongs to user {Unix.User}, not to user {Unix.User + 1}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_refused()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");

        var refusal = Assert.Throws<Refusal>(State(file, Unix.User).Prepare);

        Assert.Contains("cannot be used", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_where_the_socket_should_be_is_not_followed()
    {
        var state = State(folder, Unix.User);
        state.Prepare();
        File.CreateSymbolicLink(state.Place.OwnSocketFolder, folder);

        var refusal = Assert.Throws<Refusal>(() => state.PrepareSocketFolder(null));

        Assert.Contains("is not a folder of this user", refusal.Message, StringComparison.Ordinal);
    }

    private static StateFolder State(string home, uint user) => new(
        PrivateStorePlace.Of(name => name == "XDG_STATE_HOME" ? home : null, user), user);
}
