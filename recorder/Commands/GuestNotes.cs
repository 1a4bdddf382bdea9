using System.CommandLine;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>What is wrong in definitions of guests, one line each on stderr, where the answer itself does not say it.</summary>
internal static class GuestNotes
{
    public static void Write(RecorderContext context, ParseResult parsed, IReadOnlyList<ImportItem> items)
    {
        if (parsed.GetValue(context.Global.Quiet))
        {
            return;
        }

        foreach (var guest in items.SelectMany(item => item.Guests ?? []))
        {
            foreach (var problem in guest.Problems)
            {
                context.Error.WriteLine(Cleaned.Text($"{problem} (guest {guest.Pins.Guest})"));
            }
        }
    }
}
