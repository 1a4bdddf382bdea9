using System.CommandLine;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// Writes observations to the store that the command line names; what it says on the way is its own business.
/// </summary>
internal delegate Task<ExitCode> RecordObservations(
    ParseResult parsed, IReadOnlyList<Observation> observations, CancellationToken cancel);
