using BenchmarkDotNet.Running;
using NumaHistory.Benchmarks.Codec;
using NumaHistory.Benchmarks.Fit;
using NumaHistory.Benchmarks.Fleet;
using NumaHistory.Benchmarks.Formats;
using NumaHistory.Benchmarks.Libvirt;
using NumaHistory.Benchmarks.Placement;
using NumaHistory.Benchmarks.Programs;
using NumaHistory.Benchmarks.Replay;
using NumaHistory.Benchmarks.Sampling;
using NumaHistory.Benchmarks.Store;
using NumaHistory.Benchmarks.Support;

var name = args.FirstOrDefault();
var options = new Options(args);
switch (name)
{
    case "sampling":
        SamplingBenchmark.Run(options, Console.Out);
        return 0;
    case "processes":
        ProcessesBenchmark.Run(Console.Out);
        return 0;
    case "codec":
        CodecBenchmark.Run(options, Console.Out);
        return 0;
    case "recorder":
        RecorderBenchmark.Run(options, Console.Out);
        return 0;
    case "cells":
        CellsBenchmark.Run(options, Console.Out);
        return 0;
    case "fit":
        FitBenchmark.Run(Console.Out);
        return 0;
    case "place":
        PlacementBenchmark.Run(Console.Out);
        return 0;
    case "place-fleet":
        PlaceFleetBenchmark.Run(options, Console.Out);
        return 0;
    case "topologies":
        TopologiesBenchmark.Run(options, Console.Out);
        return 0;
    case "fit-program":
        FitProgramBenchmark.Run(options, Console.Out);
        return 0;
    case "domains":
        DomainsBenchmark.Run(options, Console.Out);
        return 0;
    case "libvirt":
        LibvirtBenchmark.Run(options, Console.Out);
        return 0;
    case "guest-questions":
        GuestQuestionsBenchmark.Run(options, Console.Out);
        return 0;
    case "replay":
        ReplayBenchmark.Run(options, Console.Out);
        return 0;
    case "place-replay":
        PlacementReplayBenchmark.Run(options, Console.Out);
        return 0;
    case "matrix":
        MatrixBenchmark.Run(options, Console.Out);
        return 0;
    case "micro":
        BenchmarkSwitcher.FromAssembly(typeof(CodecMicro).Assembly).Run(args[1..]);
        return 0;
    default:
        Console.Error.WriteLine("""
            dotnet run -c Release --project tests/NumaHistory.Benchmarks -- NAME
              sampling [--root DIR] [--rounds N] [--c-sampler PROGRAM]   one read of all cells, beside C
              codec [--hosts N]                                          size and speed of memory blocks
              recorder [--root DIR] [--minutes N] [--programs DIR]       the whole recorder at one sample a second
              cells [--seconds N] [--runs N] [--programs DIR]            one numa-history cells, whole process
              fit                                                        pure fit checks a second
              place                                                      pure placements a second
              place-fleet [--hosts N] [--rounds N] [--runs N] [--programs DIR]   place on a fleet of 10,000 hosts x 4 cells, in SQL and whole process
              topologies [--data DIR]                                    parsing capabilities and topology XML
              fit-program [--runs N] [--programs DIR]                    one numa-history fit on files, whole process
              domains [--root DIR] [--rounds N]                          domain XML to pins, all documents of a folder
              libvirt [--guests N] [--vcpus N] [--rounds N]              a look at a libvirt host full of guests
              guest-questions [--guests N] [--events N] [--rounds N]     SQL of pins and history in a store of a million events
              replay [--guests N] [--events N] [--hosts N] [--runs N] [--programs DIR]   a year of verdicts, pure and asked of a store
              place-replay [--guests N] [--events N] [--hosts N]         when a guest would have fitted in a year, pure
              matrix [--guests N] [--hosts N] [--runs N]                 every guest on every host, pure
              micro [BenchmarkDotNet options]                            the codec under BenchmarkDotNet
            """);
        return 2;
}
