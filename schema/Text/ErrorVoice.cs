using System.Text;

namespace NumaHistory.Schema.Text;

/// <summary>
/// How both programs speak on stderr: <c>numa-history: what is wrong, with the place</c>, then <c>hint: next
/// command</c>.
/// </summary>
public static class ErrorVoice
{
    /// <summary>
    /// A refusal, every line ended by a line feed; a message of several lines has the program's name before each.
    /// </summary>
    public static string Text(string program, Refusal refusal) => Text(program, refusal.Message, refusal.Hint);

    /// <summary>A message with a hint, or without one when it is null; foreign text in either is cleaned.</summary>
    public static string Text(string program, string message, string? hint = null)
    {
        var text = new StringBuilder();
        foreach (var line in message.TrimEnd('\n').Split('\n'))
        {
            text.Append(program).Append(": ").Append(Cleaned.Text(line)).Append('\n');
        }

        return hint is null ? text.ToString() : text.Append($"hint: {Cleaned.Text(hint)}\n").ToString();
    }
}
