-- What a placement asks before it reads any host. Memory is in KiB, null = not known.

-- What the topology in force says of every cell: the CPUs that are online, usable are those that guests may have, placeable is a cell that is used
-- without being named, pools [{"sizeKiB", "total"}] and pools_kib the memory they hold.
create table numa.host_cell (
    host_key      text not null,
    cell          integer not null,
    cpus          int4multirange,
    usable        int4multirange not null,
    is_placeable  boolean not null,
    memory_kib    bigint,
    pools_kib     bigint not null,
    pools         jsonb,
    primary key (host_key, cell)
);

-- closest: for 1, 2, 3 ... placeable cells, no choice of so many has less distance between them, all pairs added up both ways.
alter table numa.host add column closest integer[] not null default '{}';

-- What every cell has for guests, for the question which hosts may have room; never less than there is. free_kib is rounded up to whole steps, a
-- 128th of the cell, so that a row changes seldom: samples come every few seconds, and an index would have to follow each. ordinary_kib is
-- memory outside of pools, promised_kib what of it guests are bound to, outstanding_kib what of that is bound to guests that do not run (free_kib is
-- without it), pages_kib what the fullest pool has free, seen_pages the pools of the sample it was made from; is_told: the memory is the topology's, not
-- the sample's; isolates: less CPUs are free than the row says.
-- apart: the same on hosts whose cells are as far from each other. What a cell is left with is what it has free less what a guest takes, as shares of
-- the cell, and what the guest takes is the same share of all cells of a kind: as many CPUs (above 2^16) and about as much memory (sixteenths of a power of
-- two), below 0 where it isolates. free_share: of memory, what is free and not promised, 64 MiB counted for each guest. left_share: of CPUs and memory, 0 to 2.
create table numa.cell_room (
    host_key         text not null,
    cell             integer not null,
    name             text collate "C" not null,
    closest          integer[] not null,
    is_placeable     boolean not null,
    guests           integer not null,
    cpus             integer not null,
    free_cpus        integer not null,
    shared_cpus      integer not null,
    memory_kib       bigint not null,
    is_told          boolean not null,
    ordinary_kib     bigint not null,
    promised_kib     bigint not null,
    free_kib         bigint not null,
    step_kib         bigint not null,
    pages_kib        bigint not null,
    pools            jsonb,
    seen_pages       jsonb,
    isolates         boolean not null,
    outstanding_kib  bigint not null,
    apart            bigint not null generated always as (hash_array_extended(closest, 0)) stored,
    kind             bigint not null generated always as (
        case when isolates then -1 else 1 end * ((cpus::bigint << 16) + floor(16 * ln(greatest(1, ordinary_kib)::float8) / ln(2::float8))::bigint)) stored,
    free_share       float8 not null generated always as (
        greatest(0, least(free_kib, ordinary_kib - promised_kib - guests * 65536::bigint))::float8 / greatest(1, ordinary_kib)) stored,
    left_share       float8 not null generated always as (
        free_cpus::float8 / greatest(1, cpus)
        + greatest(0, least(free_kib, ordinary_kib - promised_kib - guests * 65536::bigint))::float8 / greatest(1, ordinary_kib)) stored,
    primary key (host_key, cell)
);

-- Indexes answer alone: all that bounds what a cell is left with is in them. Hosts of one kind by name; by what is free; cells of one kind by their shares.
create index cell_room_name_idx on numa.cell_room (name, host_key, cell)
    include (free_cpus, free_kib, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);
create index cell_room_apart_idx on numa.cell_room (apart, name, host_key, cell)
    include (free_cpus, free_kib, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);
create index cell_room_size_idx on numa.cell_room (free_cpus, free_kib, name, host_key)
    include (cell, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);
create index cell_room_left_idx on numa.cell_room (kind, left_share)
    include (host_key, name, cell, cpus, free_cpus, shared_cpus, isolates, guests, memory_kib, ordinary_kib, promised_kib, outstanding_kib, free_kib,
             pages_kib, is_placeable);
create index cell_room_free_idx on numa.cell_room (kind, free_share)
    include (host_key, name, cell, cpus, free_cpus, shared_cpus, isolates, guests, memory_kib, ordinary_kib, promised_kib, outstanding_kib, free_kib,
             pages_kib, is_placeable);
create index cell_room_untold_idx on numa.cell_room (host_key) where not is_told;

-- They do where a page was seen by vacuum since it changed.
alter table numa.cell_room set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- cells: how many the sample had. step_kib, room_kib: the steps of the cell's room and the one its free memory is in, null where there is none. Samples are
-- written in place as long as a page has room for the next version of a row.
alter table numa.cell_now
    add column cells     integer,
    add column step_kib  bigint,
    add column room_kib  bigint;
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

-- The share that so many CPUs and so much memory are at least of a cell of the kind.
create function numa.least_share(p_kind bigint, p_cpus bigint, p_kib bigint) returns float8
language sql immutable parallel safe as $$
    select p_cpus / greatest(1, abs(p_kind) >> 16)::float8 + p_kib / power(2, ((abs(p_kind) & 65535) + 1) / 16.0::float8) - 1e-9
$$;

-- As before, and the room of the cells: of all that the topology knows, sampled or not. Where a cell has none any more, its gauge knows of none.
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
       and (n.step_kib, n.room_kib) is distinct from (r.step_kib, numa.whole_steps(n.free_kib, r.step_kib));

    update numa.cell_now n
       set step_kib = null, room_kib = null
     where n.host_key = p_host and n.step_kib is not null
       and not exists (select from numa.cell_room r where r.host_key = n.host_key and r.cell = n.cell)
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
