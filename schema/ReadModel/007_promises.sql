-- A decision that nobody carried out yet holds CPUs and memory on its host beside what its guest takes there, or elsewhere.

-- layer: decided for what such a decision holds on top, else the one that runs or would start. A guest takes from a host once in each.
alter table numa.guest_claim
    drop constraint guest_claim_pkey,
    add column layer text not null default 'config',
    add primary key (guest, host_key, layer);

-- As before, but of decisions all stay from the last release on: what runs may carry out an earlier one than the newest.
create or replace function numa.apply_guest_fact(f jsonb) returns void
language plpgsql as $$
declare
    v_guest    uuid := (f ->> 'guest')::uuid;
    v_host     text := f ->> 'host';
    v_facet    text := f ->> 'facet';
    v_source   text := f ->> 'source';
    v_type     text := f ->> 'type';
    v_any      boolean := f ->> 'facet' in ('decision', 'move');
    v_at       timestamptz := (f ->> 'at')::timestamptz;
begin
    insert into numa.guest_fact
    values ((f ->> 'id')::uuid, v_guest, v_host, v_source, v_facet, v_type, v_at)
    on conflict (event_id) do nothing;
    if not exists (select from numa.guest_newest n
                    where n.guest = v_guest and n.facet = v_facet and (v_any or n.host_key = v_host)
                      and n.source is not distinct from v_source and n.observed_at > v_at and (v_facet <> 'decision' or n.type = 'pinning.released')) then
        delete from numa.guest_newest n
         where n.guest = v_guest and n.facet = v_facet and (v_any or n.host_key = v_host)
           and n.source is not distinct from v_source and n.observed_at < v_at and (v_facet <> 'decision' or v_type = 'pinning.released');
        insert into numa.guest_newest values ((f ->> 'id')::uuid, v_guest, v_host, v_facet, v_source, v_type, v_at)
        on conflict (event_id) do nothing;
    end if;
end
$$;

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

-- As before, and where a cell has no room any more, its gauge knows of none.
alter function numa.refresh_cells(text) rename to refresh_rooms;
create function numa.refresh_cells(p_host text) returns void
language sql as $$
    select numa.refresh_rooms(p_host);
    update numa.cell_now n set step_kib = null, room_kib = null
     where n.host_key = p_host and n.step_kib is not null
       and not exists (select from numa.cell_room r where r.host_key = n.host_key and r.cell = n.cell)
$$;
