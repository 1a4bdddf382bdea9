-- What guests take from hosts. Memory is in KiB.

-- What a guest takes from a host: CPUs that any of its threads is pinned to, those promised to nobody else, and ordinary memory bound to cells,
-- {"cell": KiB}; memory bound to several is split evenly. layer: decided for what a decision that nobody carried out yet holds on top, else the one that runs
-- or would start. isolates: it wants its cores alone and takes their other threads too, which a claim does not name. runs: it has the memory already.
create table numa.guest_claim (
    guest           uuid not null,
    host_key        text not null,
    layer           text not null,
    pinned_cpus     int4multirange not null,
    exclusive_cpus  int4multirange not null,
    memory          jsonb not null,
    isolates        boolean not null,
    runs            boolean not null,
    primary key (guest, host_key, layer)
);
create index guest_claim_host_idx on numa.guest_claim (host_key);

-- As before, with all that a guest takes, and pins on the host they are for.
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
    select (g ->> 'guest')::uuid, l ->> 'host', l ->> 'layer', l ->> 'origin', (l ->> 'since')::timestamptz, l ->> 'decidedBy', l ->> 'why',
           l ->> 'pins'
      from jsonb_array_elements(g -> 'layers') l;
    delete from numa.guest_claim where guest = (g ->> 'guest')::uuid;
    insert into numa.guest_claim (guest, host_key, layer, pinned_cpus, exclusive_cpus, memory, isolates, runs)
    select (g ->> 'guest')::uuid, c ->> 'host', c ->> 'layer', (c ->> 'pinned')::int4multirange, (c ->> 'exclusive')::int4multirange, c -> 'memory',
           (c ->> 'isolates')::boolean, (c ->> 'runs')::boolean
      from jsonb_array_elements(g -> 'claims') c;
end
$$;
