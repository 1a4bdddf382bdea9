-- The read contract: what numa-history, Grafana and psql users may rely on. Times named *_at are observed time unless the
-- column says recorded. Memory is in KiB, null = not known. Applied once, by `numa-recorder store migrate`, after Marten's
-- own schema (history) exists.

create schema if not exists numa;

create table numa.store_version (
    version     integer primary key,
    program     text not null,
    applied_at  timestamptz not null default now()
);

-- A host by its lasting key; the name is an attribute and may change. Sums and times are those of the newest facts.
create table numa.host (
    host_key      text primary key,
    name          text not null,
    machine_id    text,
    product_uuid  text,
    architecture  text,
    hypervisor    text,
    boot_id       text,
    booted_at     timestamptz,
    cells         integer,
    cpus          integer,
    memory_kib    bigint,
    first_seen    timestamptz not null,
    last_seen     timestamptz not null
);
create index host_name_idx on numa.host (name);
create index host_machine_idx on numa.host (machine_id) where machine_id is not null;

-- One row per event of a host stream: the index by observed time. facet is boot, name, structure, capacity, health or gap.
create table numa.fact (
    event_id     uuid primary key,
    host_key     text not null,
    source       text,
    facet        text not null,
    type         text not null,
    observed_at  timestamptz not null,
    fingerprint  bytea
);
create index fact_facet_idx on numa.fact (host_key, facet, source, observed_at desc);
create index fact_time_idx on numa.fact (host_key, observed_at);

-- The topology a source saw, as intervals that never overlap; confirmed_until is the last instant it was seen to hold.
create table numa.topology_version (
    host_key               text not null,
    source                 text not null,
    valid                  tstzrange not null,
    confirmed_until        timestamptz not null,
    structure_event        uuid,
    structure_fingerprint  bytea,
    capacity_event         uuid,
    capacity_fingerprint   bytea
);
create unique index topology_version_from_idx on numa.topology_version (host_key, source, lower(valid));
create index topology_version_valid_idx on numa.topology_version using gist (valid);

-- The gauge: the newest sample of every cell. interval_ms is what the source declared, null for a single look.
create table numa.cell_now (
    host_key         text not null,
    cell             integer not null,
    source           text not null,
    sampled_at       timestamptz not null,
    interval_ms      bigint,
    total_kib        bigint,
    free_kib         bigint,
    reclaimable_kib  bigint,
    pages            jsonb,
    primary key (host_key, cell)
);

-- Sealed blocks of samples, one row per memory.block event; digest is the SHA-256 of the payload.
create table numa.block (
    event_id               uuid primary key,
    host_key               text not null,
    source                 text not null,
    first_at               timestamptz not null,
    last_at                timestamptz not null,
    samples                integer not null,
    interval_ms            bigint,
    structure_fingerprint  bytea,
    capacity_fingerprint   bytea,
    digest                 bytea not null
);
create index block_time_idx on numa.block (host_key, last_at, first_at);

-- The open block of a recorder: every sample not yet sealed.
create table numa.memory_tail (
    host_key     text not null,
    source       text not null,
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    interval_ms  bigint,
    payload      bytea not null,
    primary key (host_key, source)
);

-- The text that was read, once per fingerprint: sysfs itself can be wrong. payload is gzip of a JSON object path -> text.
create table numa.raw_text (
    fingerprint  bytea primary key,
    source       text not null,
    observed_at  timestamptz not null,
    payload      bytea not null
);

-- Readable keys of streams, and the hash of the last event of each, so that `store verify` also finds a missing end.
create table numa.stream (
    stream_id  uuid primary key,
    key        text not null unique,
    host_key   text,
    version    bigint not null default 0,
    head_hash  bytea
);

-- Versions of one host and source from a moment on, made again from the facts: a late fact may split any of them. Facts of one
-- facet at one instant are decided by fingerprint, as the fold does.
create function numa.refresh_topology(p_host text, p_source text, p_from timestamptz) returns void
language plpgsql as $$
declare
    v_from timestamptz := coalesce(
        (select max(lower(valid)) from numa.topology_version
          where host_key = p_host and source = p_source and lower(valid) <= p_from), p_from);
begin
    delete from numa.topology_version where host_key = p_host and source = p_source and lower(valid) >= v_from;
    insert into numa.topology_version
    select p_host, p_source, tstzrange(i.at, i.until), i.at,
           s.event_id, s.fingerprint, c.event_id, c.fingerprint
    from (select at, lead(at) over (order by at) as until
            from (select distinct observed_at as at from numa.fact
                   where host_key = p_host and source = p_source
                     and facet in ('structure', 'capacity') and observed_at >= v_from) instants) i
    left join lateral (select event_id, fingerprint from numa.fact
                        where host_key = p_host and facet = 'structure' and source = p_source and observed_at <= i.at
                        order by observed_at desc, fingerprint desc limit 1) s on true
    left join lateral (select event_id, fingerprint from numa.fact
                        where host_key = p_host and facet = 'capacity' and source = p_source and observed_at <= i.at
                        order by observed_at desc, fingerprint desc limit 1) c on true;
    update numa.topology_version v
       set valid = tstzrange(lower(v.valid), v_from)
     where v.host_key = p_host and v.source = p_source and v.valid @> v_from and lower(v.valid) < v_from;
    perform numa.confirm_topology(p_host, p_source, v_from);
end
$$;

-- The last instant at which each version from a moment on was seen to hold: its own start, or the end of a block inside it that
-- names its fingerprints; a block that names others or none says nothing of it.
create function numa.confirm_topology(p_host text, p_source text, p_from timestamptz) returns void
language sql as $$
    update numa.topology_version v
       set confirmed_until = greatest(lower(v.valid), coalesce(
               (select max(b.last_at) from numa.block b
                 where b.host_key = p_host and b.source = p_source and b.last_at >= lower(v.valid)
                   and b.structure_fingerprint is not distinct from v.structure_fingerprint
                   and b.capacity_fingerprint is not distinct from v.capacity_fingerprint
                   and (upper_inf(v.valid) or b.last_at < upper(v.valid))), lower(v.valid)))
     where v.host_key = p_host and v.source = p_source and (upper_inf(v.valid) or upper(v.valid) > p_from)
$$;

-- The three ways in which an event changes the read model; each takes what it needs as one JSON object.
create function numa.apply_fact(f jsonb) returns void
language plpgsql as $$
begin
    insert into numa.fact (event_id, host_key, source, facet, type, observed_at, fingerprint)
    values ((f ->> 'id')::uuid, f ->> 'host', f ->> 'source', f ->> 'facet', f ->> 'type',
            (f ->> 'at')::timestamptz, decode(f ->> 'fingerprint', 'hex'))
    on conflict (event_id) do nothing;
    if f ->> 'facet' in ('structure', 'capacity') then
        perform numa.refresh_topology(f ->> 'host', f ->> 'source', (f ->> 'at')::timestamptz);
    end if;
end
$$;

-- The gauge holds the cells of one sample, the newest: an older one adds none, not even cells that the newest lacks.
create function numa.apply_gauge(g jsonb) returns void
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
end
$$;

create function numa.apply_block(b jsonb) returns void
language plpgsql as $$
begin
    insert into numa.block
    values ((b ->> 'id')::uuid, b ->> 'host', b ->> 'source', (b ->> 'first')::timestamptz, (b ->> 'last')::timestamptz,
            (b ->> 'samples')::integer, (b ->> 'intervalMs')::bigint, decode(b ->> 'structure', 'hex'),
            decode(b ->> 'capacity', 'hex'), decode(b ->> 'digest', 'hex'))
    on conflict (event_id) do nothing;
    perform numa.confirm_topology(b ->> 'host', b ->> 'source', (b ->> 'last')::timestamptz);
    perform numa.apply_gauge(b -> 'gauge');
    update numa.host set first_seen = least(first_seen, (b ->> 'first')::timestamptz),
                         last_seen = greatest(last_seen, (b ->> 'last')::timestamptz)
     where host_key = b ->> 'host';
end
$$;

create function numa.apply_host(h jsonb) returns void
language sql as $$
    insert into numa.host
    values (h ->> 'key', h ->> 'name', h ->> 'machineId', h ->> 'productUuid', h ->> 'architecture', h ->> 'hypervisor',
            h ->> 'bootId', (h ->> 'bootedAt')::timestamptz, (h ->> 'cells')::integer, (h ->> 'cpus')::integer,
            (h ->> 'memoryKiB')::bigint, (h ->> 'first')::timestamptz, (h ->> 'last')::timestamptz)
    on conflict (host_key) do update
       set name = excluded.name, machine_id = excluded.machine_id, product_uuid = excluded.product_uuid,
           architecture = excluded.architecture, hypervisor = excluded.hypervisor, boot_id = excluded.boot_id,
           booted_at = excluded.booted_at, cells = excluded.cells, cpus = excluded.cpus, memory_kib = excluded.memory_kib,
           first_seen = least(host.first_seen, excluded.first_seen), last_seen = greatest(host.last_seen, excluded.last_seen)
$$;

create view numa.event as
select e.seq_id    as position,
       e.id        as id,
       e.type      as type,
       s.key       as stream,
       s.host_key  as host,
       null::uuid  as guest,
       coalesce(f.observed_at, b.first_at) as observed_at,
       e.timestamp as recorded_at,
       e.user_name as who,
       e.headers ->> 'why' as why,
       case when b.event_id is null then e.data end as data,
       e.bdata     as bdata
from history.mt_events e
left join numa.stream s on s.stream_id = e.stream_id
left join numa.fact f on f.event_id = e.id
left join numa.block b on b.event_id = e.id
where e.type <> 'tombstone';

create view numa.memory_block as
select b.host_key as host, b.source, b.first_at, b.last_at, b.interval_ms, e.bdata as payload, true as sealed
from numa.block b
join history.mt_events e on e.id = b.event_id
union all
select t.host_key, t.source, t.first_at, t.last_at, t.interval_ms, t.payload, false
from numa.memory_tail t;
