namespace NumaHistory.Schema.ReadModel;

/// <summary>
/// The question of a replay: every fact of hosts, and of all guests that were ever on them, up to a moment, in no order, so that the
/// first are on their way while the next are made. A structure or capacity that comes again comes without its data, with what tells it apart instead. A sampling gap is observed when it ends: one that
/// began before the moment and ended after it counts too. Replay/HistoryRows reads them.
/// </summary>
public static class HistorySql
{
    /// <summary>
    /// Parameters, each may be null: $1 guests, whose hosts are meant (ids with commas; null = every host there is), $2 further hosts (keys with
    /// commas), $3 the moment, $4 recorded by then.
    /// </summary>
    public const string Text =
        """
        with places as (
            select host_key from numa.guest_fact where guest = any (string_to_array($1, ',')::uuid[])
            union
            select unnest(string_to_array($2, ','))
        ), people as (
            select distinct guest from numa.guest_fact
            where $1 is null or host_key in (select host_key from places) or guest = any (string_to_array($1, ',')::uuid[])
        ), facts as (
            select f.event_id, f.type, f.observed_at, f.host_key, f.source, f.fingerprint from numa.fact f
            where ($1 is null or f.host_key in (select host_key from places)) and f.observed_at <= coalesce($3, 'infinity')
            union all
            select g.event_id, g.type, g.observed_at, null, null, null from numa.guest_fact g join people using (guest)
            where g.observed_at <= coalesce($3, 'infinity')
            union all
            select f.event_id, f.type, f.observed_at, f.host_key, f.source, f.fingerprint
            from (select host_key from numa.host where $1 is null union select host_key from places) h
            join numa.fact f using (host_key) join numa.event g on g.id = f.event_id
            where f.facet = 'gap' and f.observed_at > $3 and (g.data ->> 'from')::timestamptz < $3
        ), known as materialized (
            select f.event_id, f.type, f.observed_at, f.host_key, f.source, f.fingerprint, e.position,
                   row_number() over (partition by f.type, f.fingerprint order by f.observed_at, e.position) as place
            from facts f join numa.event e on e.id = f.event_id
            where e.recorded_at <= coalesce($4, 'infinity')
        )
        select k.event_id, k.type, case when k.fingerprint is null or k.place = 1 then e.data::text end,
               k.host_key, k.source, date_trunc('milliseconds', k.observed_at), k.fingerprint, k.position
        from known k join numa.event e on e.id = k.event_id
        """;
}
