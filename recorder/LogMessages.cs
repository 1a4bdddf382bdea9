using Microsoft.Extensions.Logging;

namespace NumaHistory.Recorder;

/// <summary>Every line of the recorder's log, with its number.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Sampling {Host} every {Interval} from {Source}")]
    public static partial void Sampling(this ILogger logger, string host, string interval, string source);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "Stopped before everything reached the store ({Reason}); {Waiting} items are lost")]
    public static partial void StoppedWithWaiting(this ILogger logger, int waiting, string reason);

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "Source {Source} failed on {Host}: {Reason}; no facts from it until it answers")]
    public static partial void SourceFailed(this ILogger logger, string source, string host, string reason);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Source {Source} of {Host} answers again")]
    public static partial void SourceRecovered(this ILogger logger, string source, string host);

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "{Connection} is not recorded until it answers: {Reason}")]
    public static partial void SourceAwaited(this ILogger logger, string connection, string reason);

    [LoggerMessage(EventId = 206, Level = LogLevel.Error, Message = "{Connection} is not recorded: {Reason}")]
    public static partial void SourceGivenUp(this ILogger logger, string connection, string reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "No sample of {Host} between {From:O} and {To:O}; recorded as a gap ({Reason})")]
    public static partial void Gap(this ILogger logger, string host, DateTimeOffset from, DateTimeOffset to, string reason);

    [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "{Problem}")]
    public static partial void Problem(this ILogger logger, string problem);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The store is away: {Reason}; samples and facts wait in memory")]
    public static partial void StoreAway(this ILogger logger, string reason);

    [LoggerMessage(EventId = 304, Level = LogLevel.Error, Message = "The store refuses what it is given: {Reason}; it waits in memory and is tried again")]
    public static partial void StoreRefuses(this ILogger logger, string reason);

    [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "The store is back; {Waiting} items waited")]
    public static partial void StoreBack(this ILogger logger, int waiting);

    [LoggerMessage(EventId = 303, Level = LogLevel.Debug, Message = "Sealed a block of {Samples} samples of {Host}")]
    public static partial void Sealed(this ILogger logger, int samples, string host);
}
