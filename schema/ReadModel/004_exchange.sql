-- The same view with what an export needs beside the facts: the source of a block, the login user, and the headers. An imported event
-- is told as its own store told it: who is the user who wrote it there; recorded_at stays when it was written here.
create or replace view numa.event as
select e.seq_id    as position,
       e.id        as id,
       e.type      as type,
       s.key       as stream,
       coalesce(g.host_key, s.host_key) as host,
       g.guest     as guest,
       coalesce(f.observed_at, g.observed_at, b.first_at) as observed_at,
       e.timestamp as recorded_at,
       coalesce(
           case when g.facet in ('decision', 'move') then e.data ->> 'by' end, e.headers ->> 'originUser', e.user_name)::varchar as who,
       coalesce(case when g.facet in ('decision', 'move') then e.data ->> 'why' end, e.headers ->> 'why') as why,
       case when b.event_id is null then e.data end as data,
       e.bdata     as bdata,
       b.source    as block_source,
       e.user_name as login,
       e.headers   as headers
from history.mt_events e
left join numa.stream s on s.stream_id = e.stream_id
left join numa.fact f on f.event_id = e.id
left join numa.guest_fact g on g.event_id = e.id
left join numa.block b on b.event_id = e.id
where e.type <> 'tombstone';
