namespace NumaHistory.Schema.Text;

/// <summary>What --color says.</summary>
public enum ColorChoice
{
    /// <summary>On a terminal that can, unless NO_COLOR is set.</summary>
    Auto,

    /// <summary>Even into a pipe.</summary>
    Always,

    /// <summary>Not at all.</summary>
    Never,
}
