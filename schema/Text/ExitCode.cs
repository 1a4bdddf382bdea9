namespace NumaHistory.Schema.Text;

/// <summary>The exit codes of both programs (CLI.md); scripts rely on them.</summary>
public enum ExitCode
{
    /// <summary>Yes, or done.</summary>
    Yes = 0,

    /// <summary>The answer is no: does not fit, differs, refused decision.</summary>
    No = 1,

    /// <summary>The command was typed wrong.</summary>
    Usage = 2,

    /// <summary>The store cannot be reached or used, or time ran out.</summary>
    StoreUnreachable = 3,

    /// <summary>The named host, guest or moment is not known.</summary>
    Unknown = 4,

    /// <summary>A source or a file cannot be used.</summary>
    SourceUnusable = 5,

    /// <summary>The store's schema is older or newer than this program.</summary>
    StoreSchema = 6,

    /// <summary>A bug of ours.</summary>
    Bug = 70,

    /// <summary>Stopped by Ctrl-C.</summary>
    Interrupted = 130,

    /// <summary>The reader closed the pipe.</summary>
    PipeClosed = 141,

    /// <summary>Stopped by SIGTERM.</summary>
    Terminated = 143,
}
