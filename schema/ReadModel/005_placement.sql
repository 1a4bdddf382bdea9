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
-- named, ordinary the memory outside of pools, pools [{"sizeKiB", "total"}].
alter table numa.host_cell
    alter column cpus drop not null,
    add column usable        int4multirange not null default '{}',
    add column is_placeable  boolean not null default false,
    add column memory_kib    bigint,
    add column ordinary_kib  bigint,
    add column pools         jsonb;

-- closest: for 1, 2, 3 ... placeable cells, no choice of so many has less distance between them, all pairs added up both ways.
alter table numa.host add column closest integer[] not null default '{}';

-- What every cell has for guests, for the question which hosts may have room; never less than there is. free_kib is rounded up to a 128th of the
-- cell, so that a row changes seldom: samples come every few seconds, and an index would have to follow each. promised_kib is ordinary
-- memory that guests are bound to, pages_kib what the fullest pool has free, seen_pages the pools of the sample it was made from; is_told: the
-- memory is the topology's, not the sample's.
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
    pages_kib     bigint not null,
    pools         jsonb,
    seen_pages    jsonb,
    primary key (host_key, cell)
);
create index cell_room_size_idx on numa.cell_room (free_cpus, free_kib, name, host_key)
    include (cell, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);
create index cell_room_name_idx on numa.cell_room (name, host_key, cell)
    include (free_cpus, free_kib, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);

-- Samples are written in place as long as a page has room for the next version of a row.
alter table numa.cell_now set (fillfactor = 50);

create function numa.round_room(kib bigint, whole_kib bigint) returns bigint
language sql immutable as $$
    select (kib + step - 1) / step * step from (select greatest(1024, whole_kib / 128) as step) s
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
           s.memory_kib, c.memory_kib is not null, s.ordinary_kib, coalesce(b.kib, 0),
           numa.round_room(coalesce(n.free_kib, s.ordinary_kib), s.ordinary_kib), numa.most_pages(c.pools, n.pages), c.pools, n.pages
      from numa.host_cell c
      join numa.host h on h.host_key = c.host_key
      cross join taken t
      left join bound b on b.cell = c.cell
      left join numa.cell_now n on n.host_key = c.host_key and n.cell = c.cell
      cross join lateral (
          select coalesce(c.memory_kib, n.total_kib, 0) as memory_kib,
                 coalesce(c.ordinary_kib, n.total_kib - coalesce((
                     select sum(p.total * p."sizeKiB") from jsonb_to_recordset(c.pools) as p("sizeKiB" bigint, total bigint)), 0), 0)::bigint as ordinary_kib
      ) s
     where c.host_key = p_host
    on conflict (host_key, cell) do update
       set name = excluded.name, closest = excluded.closest, is_placeable = excluded.is_placeable, guests = excluded.guests, cpus = excluded.cpus,
           free_cpus = excluded.free_cpus, shared_cpus = excluded.shared_cpus, memory_kib = excluded.memory_kib, is_told = excluded.is_told,
           ordinary_kib = excluded.ordinary_kib, promised_kib = excluded.promised_kib, free_kib = excluded.free_kib, pages_kib = excluded.pages_kib,
           pools = excluded.pools, seen_pages = excluded.seen_pages
     where cell_room is distinct from excluded
$$;

-- The samples of many hosts in one statement: [{"host", "source", "at", "intervalMs", "cells": [...]}], each host once. The gauge of a host holds the
-- cells of one sample, the newest: an older one adds none, not even cells that the newest lacks. A cell that was not there gets its
-- guests' side, and what has room in it changes where it left its step.
create function numa.apply_gauges(p_gauges jsonb) returns void
language plpgsql as $$
declare
    v_hosts   text[];
    v_times   timestamptz[];
    v_sources text[];
    v_counts  integer[];
    v_gone    text[];
    v_host    text;
begin
    with written as (
        insert into numa.cell_now as n (host_key, cell, source, sampled_at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
        select g.host, c.id, g.source, g.at, g."intervalMs", c."totalKiB", c."freeKiB", c."reclaimableKiB", nullif(c.pages, 'null')
          from jsonb_to_recordset(p_gauges) as g(host text, source text, at timestamptz, "intervalMs" bigint, cells jsonb)
          cross join lateral jsonb_to_recordset(g.cells)
               as c(id integer, "totalKiB" bigint, "freeKiB" bigint, "reclaimableKiB" bigint, pages jsonb)
         where not exists (select from numa.cell_now o where o.host_key = g.host and (o.sampled_at, o.source) > (g.at, g.source))
        on conflict (host_key, cell) do update
           set source = excluded.source, sampled_at = excluded.sampled_at, interval_ms = excluded.interval_ms,
               total_kib = excluded.total_kib, free_kib = excluded.free_kib, reclaimable_kib = excluded.reclaimable_kib,
               pages = excluded.pages
         where (n.sampled_at, n.source) <= (excluded.sampled_at, excluded.source)
        returning host_key, sampled_at, source
    ), hosts as (
        select host_key, min(sampled_at) as at, min(source) as source, count(*)::integer as cells from written group by host_key
    )
    select array_agg(host_key), array_agg(at), array_agg(source), array_agg(cells) into v_hosts, v_times, v_sources, v_counts from hosts;
    if v_hosts is null then
        return;
    end if;

    with given as (
        select * from unnest(v_hosts, v_times, v_sources, v_counts) as g(host_key, at, source, cells)
    ), more as (
        select g.host_key, g.at, g.source from given g join numa.cell_now n using (host_key) group by 1, 2, 3, g.cells having count(*) > g.cells
    ), gone as (
        delete from numa.cell_now n
         using more m
         where n.host_key = m.host_key and (n.sampled_at, n.source) <= (m.at, m.source)
           and not exists (
               select from jsonb_array_elements(p_gauges) g cross join lateral jsonb_array_elements(g -> 'cells') c
                where g ->> 'host' = n.host_key and (c ->> 'id')::integer = n.cell)
        returning n.host_key
    )
    select coalesce(array_agg(distinct host_key), '{}') into v_gone from gone;

    for v_host in
        select unnest(v_gone)
        union
        select n.host_key from numa.cell_now n left join numa.cell_room r using (host_key, cell)
         where n.host_key = any (v_hosts) and (n.committed_kib is null or (not r.is_told and r.memory_kib <> n.total_kib))
    loop
        perform numa.refresh_cells(v_host);
    end loop;

    update numa.cell_room r
       set free_kib = numa.round_room(coalesce(n.free_kib, r.ordinary_kib), r.ordinary_kib), pages_kib = numa.most_pages(r.pools, n.pages), seen_pages = n.pages
      from numa.cell_now n
     where n.host_key = any (v_hosts) and r.host_key = n.host_key and r.cell = n.cell
       and (numa.round_room(coalesce(n.free_kib, r.ordinary_kib), r.ordinary_kib) <> r.free_kib or n.pages is distinct from r.seen_pages);
end
$$;

create or replace function numa.apply_gauge(g jsonb) returns void
language sql as $$
    select numa.apply_gauges(jsonb_build_array(g))
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
    select h ->> 'key', c.id, c.cpus::int4multirange, c.usable::int4multirange, c."isPlaceable", c."memoryKiB", c."ordinaryKiB", nullif(c.pools, 'null')
      from jsonb_to_recordset(h -> 'hostCells')
           as c(id integer, cpus text, usable text, "isPlaceable" boolean, "memoryKiB" bigint, "ordinaryKiB" bigint, pools jsonb);
    perform numa.refresh_cells(h ->> 'key');
end
$$;
