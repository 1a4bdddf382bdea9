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
