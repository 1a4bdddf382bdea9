-- What guests take from hosts, for placement and for whoever draws it. Memory is in KiB, null = not known.

-- The CPUs of every cell that are online, of the topology in force.
create table numa.host_cell (
    host_key  text not null,
    cell      integer not null,
    cpus      int4multirange not null,
    primary key (host_key, cell)
);

-- What a guest takes from the host it is on, as it runs or else as it would start: CPUs that any of its threads is pinned to, those
-- promised to nobody else, and ordinary memory bound to cells, {"cell": KiB}; memory bound to several is split evenly.
create table numa.guest_claim (
    guest           uuid primary key,
    host_key        text not null,
    pinned_cpus     int4multirange not null,
    exclusive_cpus  int4multirange not null,
    memory          jsonb not null
);
create index guest_claim_host_idx on numa.guest_claim (host_key);

-- The pins in force now, a row for each guest and layer, in the form of the contract.
create table numa.guest_pins (
    guest       uuid not null,
    host_key    text,
    layer       text not null,
    origin      text not null,
    since       timestamptz not null,
    decided_by  text,
    why         text,
    pins        text not null,
    primary key (guest, layer)
);
create index guest_pins_host_idx on numa.guest_pins (host_key);

-- committed_kib: ordinary memory that guests are bound to the cell with; free_cpus: online ones that nobody is pinned to.
alter table numa.cell_now
    add column cpus            int4multirange,
    add column pinned_cpus     int4multirange,
    add column exclusive_cpus  int4multirange,
    add column free_cpus       int4multirange,
    add column free_cpu_count  integer,
    add column committed_kib   bigint;

create function numa.cpu_count(cpus int4multirange) returns integer
language sql immutable as $$
    select coalesce(sum(upper(r) - lower(r)), 0)::integer from unnest(cpus) r
$$;

-- The guests' side of a host's cells, made anew from their claims.
create function numa.refresh_cells(p_host text) returns void
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
       and (n.cpus, n.pinned_cpus, n.exclusive_cpus, n.committed_kib) is distinct from (c.cpus, c.pinned, c.exclusive, c.kib)
$$;

-- As before; a cell that was not there gets its guests' side.
create or replace function numa.apply_gauge(g jsonb) returns void
language plpgsql as $$
declare
    v_at timestamptz := (g ->> 'at')::timestamptz;
begin
    if jsonb_array_length(g -> 'cells') = 0 or exists (
        select from numa.cell_now n
         where n.host_key = g ->> 'host' and (n.sampled_at, n.source) > (v_at, g ->> 'source')) then
        return;
    end if;
    insert into numa.cell_now (host_key, cell, source, sampled_at, interval_ms, total_kib, free_kib, reclaimable_kib, pages)
    select g ->> 'host', (c ->> 'id')::integer, g ->> 'source', v_at, (g ->> 'intervalMs')::bigint,
           (c ->> 'totalKiB')::bigint, (c ->> 'freeKiB')::bigint, (c ->> 'reclaimableKiB')::bigint, nullif(c -> 'pages', 'null')
      from jsonb_array_elements(g -> 'cells') c
    on conflict (host_key, cell) do update
       set source = excluded.source, sampled_at = excluded.sampled_at, interval_ms = excluded.interval_ms,
           total_kib = excluded.total_kib, free_kib = excluded.free_kib, reclaimable_kib = excluded.reclaimable_kib,
           pages = excluded.pages
     where (cell_now.sampled_at, cell_now.source) <= (excluded.sampled_at, excluded.source);
    delete from numa.cell_now n
     where n.host_key = g ->> 'host' and (n.sampled_at, n.source) <= (v_at, g ->> 'source')
       and not exists (select from jsonb_array_elements(g -> 'cells') c where (c ->> 'id')::integer = n.cell);
    if exists (select from numa.cell_now n where n.host_key = g ->> 'host' and n.committed_kib is null) then
        perform numa.refresh_cells(g ->> 'host');
    end if;
end
$$;

-- As before, with the cells' CPUs.
create or replace function numa.apply_host(h jsonb) returns void
language plpgsql as $$
begin
    insert into numa.host
    values (h ->> 'key', h ->> 'name', h ->> 'machineId', h ->> 'productUuid', h ->> 'architecture', h ->> 'hypervisor',
            h ->> 'bootId', (h ->> 'bootedAt')::timestamptz, (h ->> 'cells')::integer, (h ->> 'cpus')::integer,
            (h ->> 'memoryKiB')::bigint, (h ->> 'first')::timestamptz, (h ->> 'last')::timestamptz)
    on conflict (host_key) do update
       set name = excluded.name, machine_id = excluded.machine_id, product_uuid = excluded.product_uuid,
           architecture = excluded.architecture, hypervisor = excluded.hypervisor, boot_id = excluded.boot_id,
           booted_at = excluded.booted_at, cells = excluded.cells, cpus = excluded.cpus, memory_kib = excluded.memory_kib,
           first_seen = least(host.first_seen, excluded.first_seen), last_seen = greatest(host.last_seen, excluded.last_seen);
    delete from numa.host_cell where host_key = h ->> 'key';
    insert into numa.host_cell
    select h ->> 'key', c.key::integer, c.value::int4multirange from jsonb_each_text(coalesce(h -> 'cellCpus', '{}')) c;
    perform numa.refresh_cells(h ->> 'key');
end
$$;

-- As before, with the pins in force and what they take; whoever calls it refreshes the cells of the guest's hosts.
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
    select (g ->> 'guest')::uuid, g ->> 'host', (c ->> 'pinned')::int4multirange, (c ->> 'exclusive')::int4multirange, c -> 'memory'
      from (select g -> 'claim' as c) one where jsonb_typeof(c) = 'object';
end
$$;
