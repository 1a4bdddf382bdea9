-- What a question about now reads without passing the past, and what a placement asks before it reads any host.

-- The facts that a fold needs to know a host now: those of each facet and source than which none was observed later. Facts of one instant all
-- stay, the fold decides. An older one may stay behind where two were written at once; the fold passes over it.
create table numa.fact_newest (
    event_id     uuid primary key,
    host_key     text not null,
    facet        text not null,
    source       text,
    type         text not null,
    observed_at  timestamptz not null
);
create index fact_newest_host_idx on numa.fact_newest (host_key, facet, source);

-- The same of guests, by guest, facet, host and source; a decision or move takes the place of the last one, whichever host that was on.
create table numa.guest_newest (
    event_id     uuid primary key,
    guest        uuid not null,
    host_key     text not null,
    facet        text not null,
    source       text,
    type         text not null,
    observed_at  timestamptz not null
);
create index guest_newest_guest_idx on numa.guest_newest (guest, facet, source);
create index guest_newest_host_idx on numa.guest_newest (host_key);

-- What the topology in force says of every cell: usable are the CPUs that guests may have, placeable a cell that is used without being
-- named, pools [{"sizeKiB", "total"}] and pools_kib the memory they hold.
alter table numa.host_cell
    alter column cpus drop not null,
    add column usable        int4multirange not null default '{}',
    add column is_placeable  boolean not null default false,
    add column memory_kib    bigint,
    add column pools_kib     bigint not null default 0,
    add column pools         jsonb;

-- closest: for 1, 2, 3 ... placeable cells, no choice of so many has less distance between them, all pairs added up both ways.
alter table numa.host add column closest integer[] not null default '{}';

-- What every cell has for guests, for the question which hosts may have room; never less than there is. free_kib is rounded up to whole steps, a
-- 128th of the cell, so that a row changes seldom: samples come every few seconds, and an index would have to follow each. ordinary_kib is
-- memory outside of pools, promised_kib what of it guests are bound to, pages_kib what the fullest pool has free, seen_pages the pools of the
-- sample it was made from; is_told: the memory is the topology's, not the sample's.
create table numa.cell_room (
    host_key      text not null,
    cell          integer not null,
    name          text collate "C" not null,
    closest       integer[] not null,
    is_placeable  boolean not null,
    guests        integer not null,
    cpus          integer not null,
    free_cpus     integer not null,
    shared_cpus   integer not null,
    memory_kib    bigint not null,
    is_told       boolean not null,
    ordinary_kib  bigint not null,
    promised_kib  bigint not null,
    free_kib      bigint not null,
    step_kib      bigint not null,
    pages_kib     bigint not null,
    pools         jsonb,
    seen_pages    jsonb,
    primary key (host_key, cell)
);
create index cell_room_size_idx on numa.cell_room (free_cpus, free_kib, name, host_key)
    include (cell, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);
create index cell_room_name_idx on numa.cell_room (name, host_key, cell)
    include (free_cpus, free_kib, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);

create index cell_room_untold_idx on numa.cell_room (host_key) where not is_told;

-- Indexes answer alone where a page was seen by vacuum since it changed.
alter table numa.cell_room set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Samples are written in place as long as a page has room for the next version of a row.
alter table numa.cell_now set (fillfactor = 50);

create function numa.whole_steps(kib bigint, step_kib bigint) returns bigint
language sql immutable as $$
    select (kib + step_kib - 1) / step_kib * step_kib
$$;

create function numa.most_pages(pools jsonb, seen jsonb) returns bigint
language sql immutable as $$
    select case when pools is null then 0 else coalesce((
        select max(p."sizeKiB" * least(p.total, coalesce((
            select s.free from jsonb_to_recordset(coalesce(seen, '[]')) as s("sizeKiB" bigint, free bigint) where s."sizeKiB" = p."sizeKiB" limit 1), p.total)))
          from jsonb_to_recordset(pools) as p("sizeKiB" bigint, total bigint)), 0) end
$$;

-- As before, and the newest facts.
create or replace function numa.apply_fact(f jsonb) returns void
language plpgsql as $$
declare
    v_host   text := f ->> 'host';
    v_facet  text := f ->> 'facet';
    v_source text := f ->> 'source';
    v_at     timestamptz := (f ->> 'at')::timestamptz;
begin
    insert into numa.fact (event_id, host_key, source, facet, type, observed_at, fingerprint)
    values ((f ->> 'id')::uuid, v_host, v_source, v_facet, f ->> 'type', v_at, decode(f ->> 'fingerprint', 'hex'))
    on conflict (event_id) do nothing;
    if not exists (select from numa.fact_newest n
                    where n.host_key = v_host and n.facet = v_facet and n.source is not distinct from v_source and n.observed_at > v_at) then
        delete from numa.fact_newest n
         where n.host_key = v_host and n.facet = v_facet and n.source is not distinct from v_source and n.observed_at < v_at;
        insert into numa.fact_newest values ((f ->> 'id')::uuid, v_host, v_facet, v_source, f ->> 'type', v_at)
        on conflict (event_id) do nothing;
    end if;
    if v_facet in ('structure', 'capacity') then
        perform numa.refresh_topology(v_host, v_source, v_at);
    end if;
end
$$;

-- As before, and the newest facts.
create or replace function numa.apply_guest_fact(f jsonb) returns void
language plpgsql as $$
declare
    v_guest  uuid := (f ->> 'guest')::uuid;
    v_host   text := f ->> 'host';
    v_facet  text := f ->> 'facet';
    v_source text := f ->> 'source';
    v_any    boolean := f ->> 'facet' in ('decision', 'move');
    v_at     timestamptz := (f ->> 'at')::timestamptz;
begin
    insert into numa.guest_fact
    values ((f ->> 'id')::uuid, v_guest, v_host, v_source, v_facet, f ->> 'type', v_at)
    on conflict (event_id) do nothing;
    if not exists (select from numa.guest_newest n
                    where n.guest = v_guest and n.facet = v_facet and (v_any or n.host_key = v_host)
                      and n.source is not distinct from v_source and n.observed_at > v_at) then
        delete from numa.guest_newest n
         where n.guest = v_guest and n.facet = v_facet and (v_any or n.host_key = v_host)
           and n.source is not distinct from v_source and n.observed_at < v_at;
        insert into numa.guest_newest values ((f ->> 'id')::uuid, v_guest, v_host, v_facet, v_source, f ->> 'type', v_at)
        on conflict (event_id) do nothing;
    end if;
end
$$;

-- As before, and the room of the cells: of all that the topology knows, sampled or not.
create or replace function numa.refresh_cells(p_host text) returns void
language sql as $$
    with taken as (
        select coalesce(range_agg(pinned_cpus), '{}') as pinned, coalesce(range_agg(exclusive_cpus), '{}') as exclusive
          from numa.guest_claim where host_key = p_host
    ), bound as (
        select m.key::integer as cell, sum(m.value::bigint)::bigint as kib
          from numa.guest_claim g cross join lateral jsonb_each_text(g.memory) m
         where g.host_key = p_host group by 1
    ), cells as (
        select n.cell, c.cpus, c.cpus * t.pinned as pinned, c.cpus * t.exclusive as exclusive, c.cpus - t.pinned as free, coalesce(b.kib, 0) as kib
          from numa.cell_now n
          cross join taken t
          left join numa.host_cell c on c.host_key = n.host_key and c.cell = n.cell
          left join bound b on b.cell = n.cell
         where n.host_key = p_host
    )
    update numa.cell_now n
       set cpus = c.cpus, pinned_cpus = c.pinned, exclusive_cpus = c.exclusive, free_cpus = c.free,
           free_cpu_count = case when c.free is not null then numa.cpu_count(c.free) end, committed_kib = c.kib
      from cells c
     where n.host_key = p_host and n.cell = c.cell
       and (n.cpus, n.pinned_cpus, n.exclusive_cpus, n.committed_kib) is distinct from (c.cpus, c.pinned, c.exclusive, c.kib);

    delete from numa.cell_room r
     where r.host_key = p_host and not exists (select from numa.host_cell c where c.host_key = r.host_key and c.cell = r.cell);

    with taken as (
        select coalesce(range_agg(pinned_cpus), '{}') as pinned, coalesce(range_agg(exclusive_cpus), '{}') as exclusive, count(*)::integer as guests
          from numa.guest_claim where host_key = p_host
    ), bound as (
        select m.key::integer as cell, sum(m.value::bigint)::bigint as kib
          from numa.guest_claim g cross join lateral jsonb_each_text(g.memory) m
         where g.host_key = p_host group by 1
    )
    insert into numa.cell_room
    select c.host_key, c.cell, h.name, h.closest, c.is_placeable, t.guests,
           numa.cpu_count(c.usable), numa.cpu_count(c.usable - t.pinned), numa.cpu_count(c.usable - t.exclusive),
           s.memory_kib, c.memory_kib is not null, s.memory_kib - c.pools_kib, coalesce(b.kib, 0),
           numa.whole_steps(coalesce(n.free_kib, s.memory_kib - c.pools_kib), s.step_kib), s.step_kib, numa.most_pages(c.pools, n.pages), c.pools, n.pages
      from numa.host_cell c
      join numa.host h on h.host_key = c.host_key
      cross join taken t
      left join bound b on b.cell = c.cell
      left join numa.cell_now n on n.host_key = c.host_key and n.cell = c.cell
      cross join lateral (
          select m.kib as memory_kib, greatest(1024, (m.kib - c.pools_kib) / 128) as step_kib from (select coalesce(c.memory_kib, n.total_kib, 0) as kib) m
      ) s
     where c.host_key = p_host
    on conflict (host_key, cell) do update
       set name = excluded.name, closest = excluded.closest, is_placeable = excluded.is_placeable, guests = excluded.guests, cpus = excluded.cpus,
           free_cpus = excluded.free_cpus, shared_cpus = excluded.shared_cpus, memory_kib = excluded.memory_kib, is_told = excluded.is_told,
           ordinary_kib = excluded.ordinary_kib, promised_kib = excluded.promised_kib, free_kib = excluded.free_kib, step_kib = excluded.step_kib,
           pages_kib = excluded.pages_kib, pools = excluded.pools, seen_pages = excluded.seen_pages
     where cell_room is distinct from excluded
$$;

-- The samples of many hosts in one statement, an element of each list for a cell, all cells of a host of one instant. The gauge of a host holds
-- the cells of one sample, the newest: an older one adds none, not even cells that the newest lacks. Mostly the same cells come again, and
-- nothing but their row changes; a cell that was not there gets its guests' side, and what has room in it changes where it left its step.
create function numa.apply_gauges(
    p_hosts text[], p_cells integer[], p_sources text[], p_times timestamptz[], p_intervals bigint[],
    p_totals bigint[], p_free bigint[], p_reclaimable bigint[], p_pages jsonb[]) returns void
language plpgsql as $$
declare
    v_hosts   text[];
    v_others  text[];
    v_host    text;
begin
    with written as (
        update numa.cell_now n
           set source = g.source, sampled_at = g.at, interval_ms = g.interval_ms, total_kib = g.total_kib, free_kib = g.free_kib,
               reclaimable_kib = g.reclaimable_kib, pages = g.pages
          from unnest(p_hosts, p_cells, p_sources, p_times, p_intervals, p_totals, p_free, p_reclaimable, p_pages)
               as g(host_key, cell, source, at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
         where n.host_key = g.host_key and n.cell = g.cell and (n.sampled_at, n.source) <= (g.at, g.source)
        returning n.host_key
    ), same as (
        select host_key, count(*) as cells from written group by host_key
    ), given as (
        select host_key, count(*) as cells from unnest(p_hosts) host_key group by host_key
    ), known as (
        select host_key, count(*) as cells from numa.cell_now where host_key = any (p_hosts) group by host_key
    )
    select array_agg(g.host_key), array_agg(g.host_key) filter (where (s.cells = g.cells and k.cells = g.cells) is not true)
      into v_hosts, v_others
      from given g left join same s using (host_key) left join known k using (host_key);

    if v_others is not null then
        insert into numa.cell_now (host_key, cell, source, sampled_at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
        select g.*
          from unnest(p_hosts, p_cells, p_sources, p_times, p_intervals, p_totals, p_free, p_reclaimable, p_pages)
               as g(host_key, cell, source, at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
         where g.host_key = any (v_others) and not exists (
               select from numa.cell_now o where o.host_key = g.host_key and (o.sampled_at, o.source) > (g.at, g.source))
        on conflict (host_key, cell) do nothing;

        delete from numa.cell_now n
         using (select distinct host_key, source, at from unnest(p_hosts, p_sources, p_times) as g(host_key, source, at)) g
         where n.host_key = any (v_others) and n.host_key = g.host_key and (n.sampled_at, n.source) <= (g.at, g.source)
           and not exists (select from unnest(p_hosts, p_cells) as c(host_key, cell) where c.host_key = n.host_key and c.cell = n.cell);
    end if;

    for v_host in
        select unnest(v_others)
        union
        select r.host_key from numa.cell_room r join numa.cell_now n using (host_key, cell)
         where not r.is_told and r.host_key = any (v_hosts) and r.memory_kib <> n.total_kib
    loop
        perform numa.refresh_cells(v_host);
    end loop;

    update numa.cell_room r
       set free_kib = numa.whole_steps(coalesce(n.free_kib, r.ordinary_kib), r.step_kib),
           pages_kib = case when n.pages is distinct from r.seen_pages then numa.most_pages(r.pools, n.pages) else r.pages_kib end,
           seen_pages = n.pages
      from numa.cell_now n
     where n.host_key = any (v_hosts) and r.host_key = n.host_key and r.cell = n.cell
       and (coalesce(n.free_kib, r.ordinary_kib) > r.free_kib or coalesce(n.free_kib, r.ordinary_kib) <= r.free_kib - r.step_kib
            or n.pages is distinct from r.seen_pages);
end
$$;

create or replace function numa.apply_gauge(g jsonb) returns void
language sql as $$
    select numa.apply_gauges(
        array_agg(g ->> 'host'), array_agg(c.id), array_agg(g ->> 'source'), array_agg((g ->> 'at')::timestamptz), array_agg((g ->> 'intervalMs')::bigint),
        array_agg(c."totalKiB"), array_agg(c."freeKiB"), array_agg(c."reclaimableKiB"), array_agg(nullif(c.pages, 'null')))
      from jsonb_to_recordset(g -> 'cells') as c(id integer, "totalKiB" bigint, "freeKiB" bigint, "reclaimableKiB" bigint, pages jsonb)
$$;

-- As before, with what the topology says of every cell and how close they are.
create or replace function numa.apply_host(h jsonb) returns void
language plpgsql as $$
begin
    insert into numa.host
    values (h ->> 'key', h ->> 'name', h ->> 'machineId', h ->> 'productUuid', h ->> 'architecture', h ->> 'hypervisor',
            h ->> 'bootId', (h ->> 'bootedAt')::timestamptz, (h ->> 'cells')::integer, (h ->> 'cpus')::integer,
            (h ->> 'memoryKiB')::bigint, (h ->> 'first')::timestamptz, (h ->> 'last')::timestamptz,
            coalesce(array(select d.value::integer from jsonb_array_elements_text(h -> 'closest') with ordinality d(value, place) order by d.place), '{}'))
    on conflict (host_key) do update
       set name = excluded.name, machine_id = excluded.machine_id, product_uuid = excluded.product_uuid,
           architecture = excluded.architecture, hypervisor = excluded.hypervisor, boot_id = excluded.boot_id,
           booted_at = excluded.booted_at, cells = excluded.cells, cpus = excluded.cpus, memory_kib = excluded.memory_kib,
           first_seen = least(host.first_seen, excluded.first_seen), last_seen = greatest(host.last_seen, excluded.last_seen),
           closest = excluded.closest;
    delete from numa.host_cell where host_key = h ->> 'key';
    insert into numa.host_cell
    select h ->> 'key', c.id, c.cpus::int4multirange, c.usable::int4multirange, c."isPlaceable", c."memoryKiB", c."poolsKiB", nullif(c.pools, 'null')
      from jsonb_to_recordset(h -> 'hostCells')
           as c(id integer, cpus text, usable text, "isPlaceable" boolean, "memoryKiB" bigint, "poolsKiB" bigint, pools jsonb);
    perform numa.refresh_cells(h ->> 'key');
end
$$;
