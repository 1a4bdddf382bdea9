using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

using var signals = new Signals();
await using var output = new StandardOutput();
await using var error = new StandardOutput(StandardOutput.Error);
var context = RecorderContext.OfThisProcess(output, error, signals.Stopping);
var code = await RecorderProgram.RunAsync(args, context, signals.Stopping);

return (int)(code == ExitCode.Interrupted ? signals.Code : code);
