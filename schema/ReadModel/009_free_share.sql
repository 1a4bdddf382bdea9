-- The hosts that are left with least or most are found in that order.

-- What a cell is left with is what it has free less what a guest takes, as shares of the cell; and what the guest takes is the same share of all cells
-- of a kind. kind: how many CPUs (above 2^16) and about how much memory (sixteenths of a power of two), below 0 where less CPUs are free than the row
-- says. free_share: of memory, what is free and not promised, 64 MiB counted for each guest. left_share: of CPUs and memory, from 0 to 2.
alter table numa.cell_room
    add column kind bigint not null generated always as (
        case when isolates then -1 else 1 end * ((cpus::bigint << 16) + floor(16 * ln(greatest(1, ordinary_kib)::float8) / ln(2::float8))::bigint)) stored,
    add column free_share float8 not null generated always as (
        greatest(0, least(free_kib, ordinary_kib - promised_kib - guests * 65536::bigint))::float8 / greatest(1, ordinary_kib)) stored,
    add column left_share float8 not null generated always as (
        free_cpus::float8 / greatest(1, cpus)
        + greatest(0, least(free_kib, ordinary_kib - promised_kib - guests * 65536::bigint))::float8 / greatest(1, ordinary_kib)) stored;

create index cell_room_left_idx on numa.cell_room (kind, left_share)
    include (host_key, name, cell, cpus, free_cpus, shared_cpus, isolates, guests, memory_kib, ordinary_kib, promised_kib, outstanding_kib, free_kib,
             pages_kib, is_placeable);
create index cell_room_free_idx on numa.cell_room (kind, free_share)
    include (host_key, name, cell, cpus, free_cpus, shared_cpus, isolates, guests, memory_kib, ordinary_kib, promised_kib, outstanding_kib, free_kib,
             pages_kib, is_placeable);

-- The share that so many CPUs and so much memory are at least of a cell of the kind.
create function numa.least_share(p_kind bigint, p_cpus bigint, p_kib bigint) returns float8
language sql immutable parallel safe as $$
    select p_cpus / greatest(1, abs(p_kind) >> 16)::float8 + p_kib / power(2, ((abs(p_kind) & 65535) + 1) / 16.0::float8) - 1e-9
$$;

-- As before, but what is outstanding is not rounded: samples do not change it, and scores are known exactly.
create or replace function numa.refresh_rooms(p_host text) returns void
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
           greatest(0, numa.whole_steps(coalesce(n.free_kib, s.memory_kib - c.pools_kib), s.step_kib) - coalesce(b.outstanding_kib, 0)), s.step_kib,
           numa.most_pages(c.pools, n.pages), c.pools, n.pages, t.isolates, coalesce(b.outstanding_kib, 0)
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
           pages_kib = excluded.pages_kib, pools = excluded.pools, seen_pages = excluded.seen_pages, isolates = excluded.isolates,
           outstanding_kib = excluded.outstanding_kib
     where cell_room is distinct from excluded;

    update numa.cell_now n
       set step_kib = r.step_kib, room_kib = numa.whole_steps(n.free_kib, r.step_kib)
      from numa.cell_room r
     where n.host_key = p_host and r.host_key = n.host_key and r.cell = n.cell
       and (n.step_kib, n.room_kib) is distinct from (r.step_kib, numa.whole_steps(n.free_kib, r.step_kib))
$$;

-- As before, but what was there is not looked up beside the row. room_kib is left as it was, or taken away where the pages are others, until the room
-- of the cell follows it; and a sample that is older than what is there costs no more than others.
create or replace function numa.apply_gauges(
    p_hosts text[], p_cells integer[], p_counts integer[], p_sources text[], p_times timestamptz[], p_intervals bigint[],
    p_totals bigint[], p_free bigint[], p_reclaimable bigint[], p_pages jsonb[]) returns void
language plpgsql as $$
declare
    v_others  text[];
    v_hosts   text[];
    v_cells   integer[];
    v_host    text;
begin
    with written as (
        update numa.cell_now n
           set source = g.source, sampled_at = g.at, interval_ms = g.interval_ms, total_kib = g.total_kib, free_kib = g.free_kib,
               reclaimable_kib = g.reclaimable_kib, pages = g.pages, room_kib = case when n.pages is not distinct from g.pages then n.room_kib end
          from (select unnest(p_hosts) as host_key, unnest(p_cells) as cell, unnest(p_counts) as cells, unnest(p_sources) as source, unnest(p_times) as at,
                       unnest(p_intervals) as interval_ms, unnest(p_totals) as total_kib, unnest(p_free) as free_kib,
                       unnest(p_reclaimable) as reclaimable_kib, unnest(p_pages) as pages) g
         where n.host_key = g.host_key and n.cell = g.cell and (n.sampled_at, n.source) <= (g.at, g.source)
        returning n.host_key, n.cell, n.cells is not distinct from g.cells as is_same, n.room_kib is distinct from numa.whole_steps(n.free_kib, n.step_kib) as has_moved
    )
    select case when count(*) filter (where w.is_same) < cardinality(p_hosts) then p_hosts end,
           array_agg(w.host_key) filter (where w.has_moved), array_agg(w.cell) filter (where w.has_moved)
      into v_others, v_hosts, v_cells from written w;

    if v_hosts is not null then
        with moved as (
            update numa.cell_now n
               set room_kib = numa.whole_steps(n.free_kib, n.step_kib)
              from unnest(v_hosts, v_cells) as m(host_key, cell)
             where n.host_key = m.host_key and n.cell = m.cell
            returning n.host_key, n.cell, n.free_kib, n.pages
        )
        update numa.cell_room r
           set free_kib = greatest(0, numa.whole_steps(coalesce(m.free_kib, r.ordinary_kib), r.step_kib) - r.outstanding_kib),
               pages_kib = case when m.pages is distinct from r.seen_pages then numa.most_pages(r.pools, m.pages) else r.pages_kib end,
               seen_pages = m.pages
          from moved m
         where r.host_key = m.host_key and r.cell = m.cell;
    end if;

    if v_others is not null then
        -- Those whose sample is the newest, and whose cells are not those that were there.
        select array_agg(distinct g.host_key) into v_others
          from unnest(p_hosts, p_cells, p_counts, p_sources, p_times) as g(host_key, cell, cells, source, at)
          left join numa.cell_now n on n.host_key = g.host_key and n.cell = g.cell
         where (n.host_key is null or n.cells is distinct from g.cells or (n.sampled_at, n.source) is distinct from (g.at, g.source))
           and not exists (select from numa.cell_now o where o.host_key = g.host_key and (o.sampled_at, o.source) > (g.at, g.source));

        insert into numa.cell_now (host_key, cell, source, sampled_at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
        select g.*
          from unnest(p_hosts, p_cells, p_sources, p_times, p_intervals, p_totals, p_free, p_reclaimable, p_pages)
               as g(host_key, cell, source, at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
         where g.host_key = any (v_others)
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
