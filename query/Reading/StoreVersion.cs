using NumaHistory.Schema.ReadModel;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>The version of the read contract that this program knows.</summary>
internal static class StoreVersion
{
    public const int Known = ReadModelScripts.Latest;

    public static void Check(int? version, string store)
    {
        if (version is null or < Known)
        {
            throw new Refusal(
                ExitCode.StoreSchema,
                $"{store} has read model version {version ?? 0}, this program needs {Known}",
                "numa-recorder store migrate");
        }

        if (version > Known)
        {
            throw new Refusal(
                ExitCode.StoreSchema,
                $"{store} has read model version {version}, this program knows {Known} and nothing newer",
                "install the numa-history that belongs to the recorder that made the store");
        }
    }
}
