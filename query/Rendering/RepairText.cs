using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Formats.XlConfig;
using NumaHistory.Schema.Repair;

namespace NumaHistory.Query.Rendering;

/// <summary>Proposals alone, ready to use: elements of domain XML, lines for a shell, lines of xl.cfg.</summary>
internal static class RepairText
{
    public static void Write(TextWriter output, OutputFormat format, IReadOnlyList<RepairPlan> plans)
    {
        switch (format)
        {
            case OutputFormat.Xml:
                WriteXml(output, plans);
                break;
            case OutputFormat.Xl:
                foreach (var (plan, i) in plans.Select((plan, i) => (plan, i)))
                {
                    output.Write(i > 0 ? "\n" : "");
                    XlConfigPrinter.Write(output, plan.Proposed);
                }

                break;
            default:
                foreach (var command in plans.SelectMany(plan => plan.Commands))
                {
                    output.Write(command + "\n");
                }

                break;
        }
    }

    // Several domains need a root around them.
    private static void WriteXml(TextWriter output, IReadOnlyList<RepairPlan> plans)
    {
        output.Write(plans.Count > 1 ? "<domains>\n" : "");
        foreach (var plan in plans)
        {
            PinningPrinter.Write(output, plan.Proposed);
        }

        output.Write(plans.Count > 1 ? "</domains>\n" : "");
    }
}
