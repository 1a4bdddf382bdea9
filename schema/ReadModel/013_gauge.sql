-- The samples of many hosts in one statement, an element of each list for a cell, all cells of a host of one instant; p_counts: how many cells that
-- host's sample has. The gauge of a host holds the cells of one sample, the newest: an older one adds none, not even cells that the newest lacks.
-- Mostly the same cells come again, and nothing but their row changes, which is not read before: room_kib is left as it was, or taken away where the pages
-- are others, until the room of the cell follows it. A cell that was not there gets its guests' side. Lists are unnested where they are selected,
-- since a function in from keeps them whole first.
create function numa.apply_gauges(
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

create or replace function numa.apply_gauge(g jsonb) returns void
language sql as $$
    select numa.apply_gauges(
        array_agg(g ->> 'host'), array_agg(c.id), array_agg(jsonb_array_length(g -> 'cells')), array_agg(g ->> 'source'), array_agg((g ->> 'at')::timestamptz),
        array_agg((g ->> 'intervalMs')::bigint),
        array_agg(c."totalKiB"), array_agg(c."freeKiB"), array_agg(c."reclaimableKiB"), array_agg(nullif(c.pages, 'null')))
      from jsonb_to_recordset(g -> 'cells') as c(id integer, "totalKiB" bigint, "freeKiB" bigint, "reclaimableKiB" bigint, pages jsonb)
$$;
