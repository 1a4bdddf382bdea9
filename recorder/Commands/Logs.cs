using System.CommandLine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace NumaHistory.Recorder.Commands;

/// <summary>The log on stderr: one line each, in the journal's own form where systemd reads it.</summary>
internal sealed class Logs : IDisposable
{
    private readonly ILoggerFactory _factory;

    private Logs(ILoggerFactory factory) => (_factory, Logger) = (factory, factory.CreateLogger("numa-recorder"));

    public ILogger Logger { get; }

    public static Logs Create(RecorderContext context, ParseResult parsed)
    {
        var lowest = parsed.GetValue(context.Global.Quiet) ? LogLevel.Error
            : parsed.GetValue(context.Global.Verbose) ? LogLevel.Debug
            : LogLevel.Information;
        return new Logs(LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(lowest);
            logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            if (context.Environment("JOURNAL_STREAM") is null)
            {
                logging.AddSimpleConsole(simple =>
                {
                    simple.SingleLine = true;
                    simple.TimestampFormat = "HH:mm:ss'Z' ";
                    simple.UseUtcTimestamp = true;
                    simple.ColorBehavior = LoggerColorBehavior.Disabled;
                });
            }
            else
            {
                logging.AddSystemdConsole();
            }
        }));
    }

    public void Dispose() => _factory.Dispose();
}
