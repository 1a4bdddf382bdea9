namespace NumaHistory.PostgresTests.Support;

internal static class Placeholder;
