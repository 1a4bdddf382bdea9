-- The best few hosts that may have room are found without looking at all that have some.

-- apart: the same on hosts whose cells are as far from each other, for one index entry that stays small however many cells there are.
alter table numa.cell_room add column apart bigint not null generated always as (hash_array_extended(closest, 0)) stored;

-- Hosts of one kind by name, and all that bounds what a cell is left with: these indexes answer alone.
create index cell_room_apart_idx on numa.cell_room (apart, name, host_key, cell)
    include (free_cpus, free_kib, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable);
drop index numa.cell_room_size_idx;
create index cell_room_size_idx on numa.cell_room (free_cpus, free_kib, name, host_key)
    include (cell, shared_cpus, promised_kib, ordinary_kib, pages_kib, memory_kib, is_placeable, cpus, guests, isolates, step_kib);
