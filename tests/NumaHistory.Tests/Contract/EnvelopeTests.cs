using System.Text;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Contract;

public sealed class EnvelopeTests
{
    private static readonly HostCapacity[] Items = [new(CpuSet.Range(0, 3), null, null, CpuSet.Empty, [])];

    [Fact]
    public void The_envelope_names_its_version_kind_and_moment()
    {
        using var bytes = new MemoryStream();

        Envelope.Write(
            bytes, "Capacity", new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.FromHours(1)), Items,
            FactJson.Default.HostCapacity);

        Assert.Equal(
            """
            {
              "apiVersion": "numahistory/v1",
              "kind": "Capacity",
              "at": "2026-11-01T09:00:00Z",
              "items": [
                {
                  "online": "0-3",
                  "isolated": null,
                  "nohzFull": null,
                  "allowed": "",
                  "cells": []
                }
              ]
            }

            """,
            Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public void Lines_are_the_items_alone()
    {
        using var bytes = new MemoryStream();

        Envelope.WriteLines(bytes, Items.Concat(Items), FactJson.Default.HostCapacity);

        const string line = """{"online":"0-3","isolated":null,"nohzFull":null,"allowed":"","cells":[]}""";
        Assert.Equal($"{line}\n{line}\n", Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
