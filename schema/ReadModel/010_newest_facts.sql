-- What a question about now reads without passing the past. Stores of versions 5 to 9, none of them released, are brought here by the same scripts as older
-- ones: what those had beside this is dropped, and all is filled again from the events.

drop table if exists numa.fact_newest, numa.guest_newest, numa.cell_room;
drop function if exists numa.refresh_rooms(text), numa.whole_steps(bigint, bigint), numa.most_pages(jsonb, jsonb), numa.least_share(bigint, bigint, bigint);
drop function if exists numa.apply_gauges(text[], integer[], text[], timestamptz[], bigint[], bigint[], bigint[], bigint[], jsonb[]);
drop function if exists numa.apply_gauges(text[], integer[], integer[], text[], timestamptz[], bigint[], bigint[], bigint[], bigint[], jsonb[]);
alter table numa.host drop column if exists closest;
alter table numa.cell_now drop column if exists cells, drop column if exists step_kib, drop column if exists room_kib;
drop table numa.host_cell, numa.guest_claim;

-- The facts that a fold needs to know a host now: those of each facet and source than which none was observed later. Facts of one instant all
-- stay, the fold decides. An older one may stay behind where two were written at once; the fold passes over it.
create table numa.fact_newest (
    event_id     uuid primary key,
    host_key     text not null,
    facet        text not null,
    source       text,
    type         text not null,
    observed_at  timestamptz not null
);
create index fact_newest_host_idx on numa.fact_newest (host_key, facet, source);

-- The same of guests, by guest, facet, host and source; a decision or move takes the place of the last one, whichever host that was on.
create table numa.guest_newest (
    event_id     uuid primary key,
    guest        uuid not null,
    host_key     text not null,
    facet        text not null,
    source       text,
    type         text not null,
    observed_at  timestamptz not null
);
create index guest_newest_guest_idx on numa.guest_newest (guest, facet, source);
create index guest_newest_host_idx on numa.guest_newest (host_key);

-- As before, and the newest facts.
create or replace function numa.apply_fact(f jsonb) returns void
language plpgsql as $$
declare
    v_host   text := f ->> 'host';
    v_facet  text := f ->> 'facet';
    v_source text := f ->> 'source';
    v_at     timestamptz := (f ->> 'at')::timestamptz;
begin
    insert into numa.fact (event_id, host_key, source, facet, type, observed_at, fingerprint)
    values ((f ->> 'id')::uuid, v_host, v_source, v_facet, f ->> 'type', v_at, decode(f ->> 'fingerprint', 'hex'))
    on conflict (event_id) do nothing;
    if not exists (select from numa.fact_newest n
                    where n.host_key = v_host and n.facet = v_facet and n.source is not distinct from v_source and n.observed_at > v_at) then
        delete from numa.fact_newest n
         where n.host_key = v_host and n.facet = v_facet and n.source is not distinct from v_source and n.observed_at < v_at;
        insert into numa.fact_newest values ((f ->> 'id')::uuid, v_host, v_facet, v_source, f ->> 'type', v_at)
        on conflict (event_id) do nothing;
    end if;
    if v_facet in ('structure', 'capacity') then
        perform numa.refresh_topology(v_host, v_source, v_at);
    end if;
end
$$;

-- As before, and the newest facts. Of decisions all stay from the last release on: what runs may carry out an earlier one than the newest.
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
