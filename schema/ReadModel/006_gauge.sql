-- What keeping the gauge fresh costs is one update of a row that is there: the row knows what the room of its cell was made from and how many cells
-- the sample had, so that nothing else is read while both stay the same.

-- cells: how many the sample had. step_kib, room_kib: the steps of the cell's room and the one its free memory is in, null where there is none.
alter table numa.cell_now
    add column cells     integer,
    add column step_kib  bigint,
    add column room_kib  bigint;

-- A guest that wants its cores alone takes their other threads too, which a claim does not name; one that does not run has nothing yet of the memory it
-- is promised.
alter table numa.guest_claim
    add column isolates boolean not null default false,
    add column runs     boolean not null default false;

-- outstanding_kib: what is promised to guests that do not run, whole steps of it; free_kib is without it. isolates: less CPUs are free than the row says.
alter table numa.cell_room
    add column isolates         boolean not null default false,
    add column outstanding_kib  bigint not null default 0;

-- As before, without what is outstanding, and what the gauge knows of the room.
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
        select coalesce(range_agg(pinned_cpus), '{}') as pinned, coalesce(range_agg(exclusive_cpus), '{}') as exclusive, count(*)::integer as guests,
               coalesce(bool_or(isolates), false) as isolates
          from numa.guest_claim where host_key = p_host
    ), bound as (
        select m.key::integer as cell, sum(m.value::bigint)::bigint as kib, coalesce(sum(m.value::bigint) filter (where not g.runs), 0)::bigint as outstanding_kib
          from numa.guest_claim g cross join lateral jsonb_each_text(g.memory) m
         where g.host_key = p_host group by 1
    )
    insert into numa.cell_room
    select c.host_key, c.cell, h.name, h.closest, c.is_placeable, t.guests,
           numa.cpu_count(c.usable), numa.cpu_count(c.usable - t.pinned), numa.cpu_count(c.usable - t.exclusive),
           s.memory_kib, c.memory_kib is not null, s.memory_kib - c.pools_kib, coalesce(b.kib, 0),
           greatest(0, numa.whole_steps(coalesce(n.free_kib, s.memory_kib - c.pools_kib), s.step_kib) - o.kib), s.step_kib, numa.most_pages(c.pools, n.pages),
           c.pools, n.pages, t.isolates, o.kib
      from numa.host_cell c
      join numa.host h on h.host_key = c.host_key
      cross join taken t
      left join bound b on b.cell = c.cell
      left join numa.cell_now n on n.host_key = c.host_key and n.cell = c.cell
      cross join lateral (
          select m.kib as memory_kib, greatest(1024, (m.kib - c.pools_kib) / 128) as step_kib from (select coalesce(c.memory_kib, n.total_kib, 0) as kib) m
      ) s
      cross join lateral (select coalesce(b.outstanding_kib, 0) / s.step_kib * s.step_kib as kib) o
     where c.host_key = p_host
    on conflict (host_key, cell) do update
       set name = excluded.name, closest = excluded.closest, is_placeable = excluded.is_placeable, guests = excluded.guests, cpus = excluded.cpus,
           free_cpus = excluded.free_cpus, shared_cpus = excluded.shared_cpus, memory_kib = excluded.memory_kib, is_told = excluded.is_told,
           ordinary_kib = excluded.ordinary_kib, promised_kib = excluded.promised_kib, free_kib = excluded.free_kib, step_kib = excluded.step_kib,
           pages_kib = excluded.pages_kib, pools = excluded.pools, seen_pages = excluded.seen_pages, isolates = excluded.isolates,
           outstanding_kib = excluded.outstanding_kib
     where cell_room is distinct from excluded;

    update numa.cell_now n
       set step_kib = r.step_kib, room_kib = numa.whole_steps(n.free_kib, r.step_kib)
      from numa.cell_room r
     where n.host_key = p_host and r.host_key = n.host_key and r.cell = n.cell
       and (n.step_kib, n.room_kib) is distinct from (r.step_kib, numa.whole_steps(n.free_kib, r.step_kib))
$$;

drop function numa.apply_gauges(text[], integer[], text[], timestamptz[], bigint[], bigint[], bigint[], bigint[], jsonb[]);

-- The samples of many hosts in one statement, an element of each list for a cell, all cells of a host of one instant; p_counts: how many cells that
-- host's sample has. The gauge of a host holds the cells of one sample, the newest: an older one adds none, not even cells that the newest lacks.
-- Mostly the same cells come again, and nothing but their row changes; a cell that was not there gets its guests' side, and what has room in it
-- changes where it left its step.
create function numa.apply_gauges(
    p_hosts text[], p_cells integer[], p_counts integer[], p_sources text[], p_times timestamptz[], p_intervals bigint[],
    p_totals bigint[], p_free bigint[], p_reclaimable bigint[], p_pages jsonb[]) returns void
language plpgsql as $$
declare
    v_others  text[];
    v_host    text;
begin
    with written as (
        update numa.cell_now n
           set source = g.source, sampled_at = g.at, interval_ms = g.interval_ms, total_kib = g.total_kib, free_kib = g.free_kib,
               reclaimable_kib = g.reclaimable_kib, pages = g.pages, room_kib = numa.whole_steps(g.free_kib, n.step_kib)
          from unnest(p_hosts, p_cells, p_counts, p_sources, p_times, p_intervals, p_totals, p_free, p_reclaimable, p_pages)
               as g(host_key, cell, cells, source, at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
          join numa.cell_now was on was.host_key = g.host_key and was.cell = g.cell
         where n.ctid = was.ctid and (n.sampled_at, n.source) <= (g.at, g.source)
        returning n.host_key, n.cell, n.free_kib, n.pages, n.cells is not distinct from g.cells as is_same,
                  n.room_kib is distinct from was.room_kib or n.pages is distinct from was.pages as has_moved
    ), moved as (
        update numa.cell_room r
           set free_kib = greatest(0, numa.whole_steps(coalesce(w.free_kib, r.ordinary_kib), r.step_kib) - r.outstanding_kib),
               pages_kib = case when w.pages is distinct from r.seen_pages then numa.most_pages(r.pools, w.pages) else r.pages_kib end,
               seen_pages = w.pages
          from written w
         where w.has_moved and r.host_key = w.host_key and r.cell = w.cell
    )
    select case when count(*) filter (where w.is_same) < cardinality(p_hosts) then p_hosts end into v_others from written w;

    if v_others is not null then
        select array_agg(distinct g.host_key) into v_others
          from unnest(p_hosts, p_cells, p_counts, p_sources, p_times) as g(host_key, cell, cells, source, at)
          left join numa.cell_now n on n.host_key = g.host_key and n.cell = g.cell
         where n.host_key is null or n.cells is distinct from g.cells or (n.sampled_at, n.source) is distinct from (g.at, g.source);

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

        update numa.cell_now n
           set cells = s.cells
          from (select host_key, count(*)::integer as cells from numa.cell_now where host_key = any (v_others) group by host_key) s
         where n.host_key = s.host_key and n.cells is distinct from s.cells;
    end if;

    for v_host in
        select unnest(v_others)
        union
        select r.host_key from numa.cell_room r join numa.cell_now n using (host_key, cell)
         where not r.is_told and r.host_key = any (p_hosts) and r.memory_kib <> n.total_kib
    loop
        perform numa.refresh_cells(v_host);
    end loop;
end
$$;

create or replace function numa.apply_gauge(g jsonb) returns void
language sql as $$
    select numa.apply_gauges(
        array_agg(g ->> 'host'), array_agg(c.id), array_agg(jsonb_array_length(g -> 'cells')), array_agg(g ->> 'source'), array_agg((g ->> 'at')::timestamptz),
        array_agg((g ->> 'intervalMs')::bigint),
        array_agg(c."totalKiB"), array_agg(c."freeKiB"), array_agg(c."reclaimableKiB"), array_agg(nullif(c.pages, 'null')))
      from jsonb_to_recordset(g -> 'cells') as c(id integer, "totalKiB" bigint, "freeKiB" bigint, "reclaimableKiB" bigint, pages jsonb)
$$;

-- As before, and whether the guest wants its cores alone, and runs.
create or replace function numa.apply_guest(g jsonb) returns void
language plpgsql as $$
begin
    insert into numa.guest
    values ((g ->> 'guest')::uuid, g ->> 'name', g ->> 'host', g ->> 'state', g ->> 'managedBy', (g ->> 'since')::timestamptz,
            (g ->> 'first')::timestamptz, (g ->> 'last')::timestamptz)
    on conflict (guest) do update
       set name = excluded.name, host_key = excluded.host_key, state = excluded.state, managed_by = excluded.managed_by,
           since = excluded.since, first_seen = excluded.first_seen, last_seen = excluded.last_seen;
    delete from numa.pin_interval where guest = (g ->> 'guest')::uuid;
    insert into numa.pin_interval
    select (g ->> 'guest')::uuid, p ->> 'host', p ->> 'layer', p ->> 'thread', (p ->> 'number')::integer, (p ->> 'cpus')::int4multirange,
           tstzrange((p ->> 'from')::timestamptz, (p ->> 'until')::timestamptz), (p ->> 'exclusive')::boolean, p ->> 'who', p ->> 'why',
           (p ->> 'event')::uuid
      from jsonb_array_elements(g -> 'pins') p;
    delete from numa.guest_pins where guest = (g ->> 'guest')::uuid;
    insert into numa.guest_pins
    select (g ->> 'guest')::uuid, g ->> 'host', l ->> 'layer', l ->> 'origin', (l ->> 'since')::timestamptz, l ->> 'decidedBy', l ->> 'why',
           l ->> 'pins'
      from jsonb_array_elements(g -> 'layers') l;
    delete from numa.guest_claim where guest = (g ->> 'guest')::uuid;
    insert into numa.guest_claim
    select (g ->> 'guest')::uuid, g ->> 'host', (c ->> 'pinned')::int4multirange, (c ->> 'exclusive')::int4multirange, c -> 'memory',
           coalesce((c ->> 'isolates')::boolean, false), coalesce((c ->> 'runs')::boolean, false)
      from (select g -> 'claim' as c) one where jsonb_typeof(c) = 'object';
end
$$;
