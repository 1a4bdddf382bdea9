using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// numa_parse_cpustring and numa_parse_nodestring of libnuma: <c>!</c> inverts, <c>+</c> counts within the allowed
/// numbers. Its surprises are kept: 3-1 is 3, 010 is 8, and an inversion covers 0 to the COUNT of numbers, wrong where
/// ids have gaps.
/// </summary>
internal static class NumactlList
{
    public static CpuSetAnswer ParseCpus(string text, CpuSetContext context) =>
        Parse(text, "numactl CPU list", context.Universe, context.Universe?.Count);

    /// <summary>Cells may be given as the universe or, where their CPUs are known too, as cells.</summary>
    public static CpuSetAnswer ParseNodes(string text, CpuSetContext context)
    {
        var nodes = context.Cells.Count > 0 ? CpuSet.Of(context.Cells.Keys) : context.Universe;

        // libnuma allows every number up to the highest node, whether that node exists or not.
        var allowed = nodes is null ? null : CpuSet.Range(0, nodes.Last);
        return Parse(text, "numactl node list", allowed, nodes?.Count);
    }

    private static CpuSetAnswer Parse(string text, string kind, CpuSet? allowed, int? count)
    {
        var cursor = new Cursor(text);
        if (cursor.AtEnd)
        {
            return Answers.Set(CpuSet.Empty);
        }

        var invert = cursor.TrySkip('!');
        var reader = new Reader(cursor, cursor.TrySkip('+'), allowed);
        var why = reader.ReadAll();
        if (reader.NeedsAllowed || (invert && count is null && why is null))
        {
            return Answers.NeedsCpus;
        }

        if (why is not null)
        {
            return Answers.Refuse(text, kind, why);
        }

        var set = allowed is null ? reader.Set.Build() : reader.Set.Build().Intersect(allowed);
        return Answers.Set(invert ? Inverted(set, count ?? 0) : set);
    }

    private static CpuSet Inverted(CpuSet set, int count)
    {
        var low = CpuSet.Range(0, count - 1);
        return set.Except(low).Union(low.Except(set));
    }

    private sealed class Reader(Cursor cursor, bool relative, CpuSet? allowed)
    {
        private int[]? _members;

        public CpuSetBuilder Set { get; private set; } = new();

        public bool NeedsAllowed { get; private set; }

        public string? ReadAll()
        {
            do
            {
                if (cursor.Rest is "all")
                {
                    NeedsAllowed |= allowed is null;
                    Set = new CpuSetBuilder().AddAll(allowed ?? CpuSet.Empty);
                    return null;
                }

                if (Item() is { } why)
                {
                    return why;
                }
            }
            while (cursor.TrySkip(','));

            return cursor.AtEnd ? null : $"character {cursor.At + 1} does not belong there";
        }

        private string? Item()
        {
            if (Number(out var first) is { } why)
            {
                return why;
            }

            Set.Add(first);
            if (!cursor.TrySkip('-'))
            {
                return null;
            }

            if (Number(out var last) is { } badEnd)
            {
                return badEnd;
            }

            Set.AddRange(first, last);
            return null;
        }

        private string? Number(out int id)
        {
            id = 0;
            var at = cursor.At;
            if (!cursor.TryUnsigned(0, out var number))
            {
                return $"a number is missing at character {at + 1}";
            }

            NeedsAllowed |= relative && allowed is null;
            var wanted = number.Unsigned;
            if (wanted > CpuSet.MaxId)
            {
                return "a number is out of range";
            }

            id = relative ? Nth((int)wanted) : (int)wanted;
            return id < 0 || !(allowed?.Contains(id) ?? true) ? $"{wanted} is not there" : null;
        }

        private int Nth(int index)
        {
            _members ??= [.. allowed?.Members() ?? []];
            return allowed is null ? 0 : index < _members.Length ? _members[index] : -1;
        }
    }
}
