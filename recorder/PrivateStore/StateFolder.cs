using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// The state folder on disk: made where it is missing, refused where it is not ours or cannot be written.
/// </summary>
internal sealed class StateFolder(PrivateStorePlace place, uint user)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public PrivateStorePlace Place => place;

    public string Log => Path.Combine(place.State, "postgres.log");

    /// <summary>Kept open by every program that needs a server which is not to outlive them.</summary>
    public string Pipe => Path.Combine(place.State, "held");

    /// <summary>Locked shared by the same programs, so that the last one knows that it is the last.</summary>
    public string Holders => Path.Combine(place.State, "holders");

    /// <summary>There while the server is to stay when its holders end.</summary>
    public string Keep => Path.Combine(place.State, "keep");

    public string Lock => Path.Combine(place.State, "lock");

    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(place.State, Private);
            CheckOwner();
            // The server of root runs as another user and has to pass through; what is inside closes itself.
            File.SetUnixFileMode(
                place.State, user == 0 ? Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Private);
            MakePrivate(Lock);
            MakePrivate(Holders);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(failure);
        }
    }

    /// <summary>Makes the pipe of the holders; under the state folder's lock.</summary>
    public void PreparePipe()
    {
        if (Unix.Owner(Pipe) is not { IsPipe: true })
        {
            File.Delete(Pipe);
            Unix.MakePipe(Pipe);
        }
    }

    /// <summary>The folder for the socket, which only the server's user (and root) may enter.</summary>
    public string PrepareSocketFolder(ServerUser? server)
    {
        // XDG_RUNTIME_DIR may name a folder that is not there, as after su.
        var folder = place.Fallbacks.Prepend(place.OwnSocketFolder)
            .First(one => PrivateStorePlace.IsUsable(one) && Directory.Exists(Path.GetDirectoryName(one)));
        try
        {
            // An existing folder keeps its owner and mode here: in /tmp it may be somebody's trap, so look before use.
            Directory.CreateDirectory(folder, Private);
            var found = Unix.Owner(folder);
            var isOurs = found is { IsFolder: true } owner && (owner.User == user || owner.User == server?.Id);
            if (!isOurs)
            {
                throw new Refusal(
                    ExitCode.StoreUnreachable,
                    $"{folder}, where the store's socket belongs, is not a folder of this user",
                    $"remove it, or choose a shorter state folder with XDG_STATE_HOME");
            }

            File.SetUnixFileMode(folder, Private);
            if (server is not null)
            {
                Unix.GiveTo(server, folder);
            }

            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(failure);
        }
    }

    public Refusal Unusable(Exception failure) => new(
        ExitCode.StoreUnreachable,
        $"the state folder {place.State} cannot be used: {failure.Message}",
        "make it writable for this user, or choose another with XDG_STATE_HOME; or name a server with --db",
        failure);

    // Anybody who may open a file may lock it. One that is there is left alone: opening it, .NET would lock it.
    private static void MakePrivate(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        try
        {
            new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another program was quicker.
        }
    }

    private void CheckOwner()
    {
        if (Unix.Owner(place.State) is { } owner && owner.IsFolder && owner.User != user)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"the state folder {place.State} belongs to user {owner.User}, not to user {user}",
                "run the command as that user, or choose another folder with XDG_STATE_HOME");
        }
    }
}
