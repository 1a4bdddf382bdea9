-- Guests and their pins. Times are observed time unless they say recorded; memory is in KiB, null = not known.

-- One row per event of a guest's streams: the index by observed time. facet is identity, presence, config, live, saved-image,
-- decision or move; source is null for what somebody decided.
create table numa.guest_fact (
    event_id     uuid primary key,
    guest        uuid not null,
    host_key     text not null,
    source       text,
    facet        text not null,
    type         text not null,
    observed_at  timestamptz not null
);
create index guest_fact_guest_idx on numa.guest_fact (guest, facet, host_key, observed_at desc);
create index guest_fact_host_idx on numa.guest_fact (host_key, observed_at);
create index guest_fact_time_idx on numa.guest_fact (observed_at);

-- A guest by its lasting id, as it is now; host_key is the host it is on, or is meant to be on.
create table numa.guest (
    guest       uuid primary key,
    name        text not null,
    host_key    text,
    state       text,
    managed_by  text,
    since       timestamptz not null,
    first_seen  timestamptz not null,
    last_seen   timestamptz not null
);
create index guest_name_idx on numa.guest (name);
create index guest_host_idx on numa.guest (host_key);

-- Who was pinned where, when: a row for each thread (vcpu, emulator, iothread; number counts within it) and layer: config, live, or decided, what
-- a decision holds whatever a hypervisor shows.
-- exclusive = a decision promised the CPUs to nobody else; who and why are those of the decision, null where nobody decided.
create table numa.pin_interval (
    guest      uuid not null,
    host_key   text not null,
    layer      text not null,
    thread     text not null,
    number     integer not null,
    cpus       int4multirange not null,
    valid      tstzrange not null,
    exclusive  boolean not null,
    who        text,
    why        text,
    event_id   uuid not null
);
create index pin_interval_guest_idx on numa.pin_interval (guest);
create index pin_interval_host_idx on numa.pin_interval (host_key);
create index pin_interval_valid_idx on numa.pin_interval using gist (valid, cpus);

create function numa.apply_guest_fact(f jsonb) returns void
language sql as $$
    insert into numa.guest_fact
    values ((f ->> 'id')::uuid, (f ->> 'guest')::uuid, f ->> 'host', f ->> 'source', f ->> 'facet', f ->> 'type', (f ->> 'at')::timestamptz)
    on conflict (event_id) do nothing
$$;

-- A guest's row and all its intervals, made anew from its facts: a late fact may change any of them.
create function numa.apply_guest(g jsonb) returns void
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
end
$$;

-- The same view with what was seen and decided of guests; who is the claim of whoever decided, else the login user.
create or replace view numa.event as
select e.seq_id    as position,
       e.id        as id,
       e.type      as type,
       s.key       as stream,
       coalesce(g.host_key, s.host_key) as host,
       g.guest     as guest,
       coalesce(f.observed_at, g.observed_at, b.first_at) as observed_at,
       e.timestamp as recorded_at,
       coalesce(case when g.facet in ('decision', 'move') then e.data ->> 'by' end, e.user_name)::varchar as who,
       coalesce(case when g.facet in ('decision', 'move') then e.data ->> 'why' end, e.headers ->> 'why') as why,
       case when b.event_id is null then e.data end as data,
       e.bdata     as bdata
from history.mt_events e
left join numa.stream s on s.stream_id = e.stream_id
left join numa.fact f on f.event_id = e.id
left join numa.guest_fact g on g.event_id = e.id
left join numa.block b on b.event_id = e.id
where e.type <> 'tombstone';
