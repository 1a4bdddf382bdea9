namespace NumaHistory.Query.Reading;

internal static class StoreTargets
{
    public static StoreTarget Find(string? db, Surroundings around) =>
        new(db ?? around.Variable("NUMAHISTORY_DB") ?? "Host=/tmp;Database=numahistory", "the store");
}
