using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Marten.Services;
using Npgsql;
using NumaHistory.Recorder.Projections;
using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Store;

/// <summary>The only Marten configuration: event streams in schema history, facts serialized by EventJson, blocks binary.</summary>
internal static class HistoryStore
{
    public const string Schema = "history";

    public static DocumentStore Open(NpgsqlDataSource source) => DocumentStore.For(options =>
    {
        options.Connection(source);
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.DisableNpgsqlLogging = true;
        options.Serializer(FactSerializer());

        options.Events.StreamIdentity = StreamIdentity.AsGuid;
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        options.Events.EnableUniqueIndexOnEventId = true;
        options.Events.EnableBigIntEvents = true;
        options.Events.UseAdvisoryLockTransaction = true;
        options.Events.MetadataConfig.HeadersEnabled = true;
        options.Events.MetadataConfig.UserNameEnabled = true;
        options.Events.MetadataConfig.CorrelationIdEnabled = true;
        options.Events.MetadataConfig.CausationIdEnabled = true;
        foreach (var (type, name) in EventNames.ByType)
        {
            options.Events.MapEventType(type, name);
        }

        options.Events.UseBinarySerializer<MemoryBlockRecorded>(new BlockSerializer());
        options.Projections.Add(new ReadModelProjection(), ProjectionLifecycle.Inline);
    });

    private static SystemTextJsonSerializer FactSerializer()
    {
        var serializer = new SystemTextJsonSerializer();
        serializer.Configure(options =>
        {
            EventJson.Configure(options);
            // Headers and what else Marten keeps for itself.
            options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        });
        return serializer;
    }
}
