using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>What a peer makes of a CPU list: a set, or a refusal with the reason.</summary>
public abstract record CpuSetAnswer
{
    private CpuSetAnswer()
    {
    }

    /// <summary>The set the text means; it may be empty.</summary>
    public sealed record Parsed(CpuSet Set) : CpuSetAnswer;

    /// <summary>
    /// The text cannot be taken; the message is one line, safe for a terminal, without the leading <c>!</c>.
    /// </summary>
    public sealed record Refused(string Message) : CpuSetAnswer;
}
