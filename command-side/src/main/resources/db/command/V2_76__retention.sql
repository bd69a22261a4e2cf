-- For how long tenants keep records of uses. No row, no pruning.
create table head.retention (
    tenant     uuid        primary key,
    days       integer     not null check (days > 0),
    applies_at timestamptz not null
);
comment on table head.retention is 'Retention policies in force';

-- Hashes of the leaves of uses whose records were let go, by the event that recorded them. They cannot be made again, and
-- the trees are made of them: kept for ever, like the events.
create table log.pruned_use (
    position bigint primary key,
    tenant   uuid  not null,
    hashes   bytea not null check (octet_length(hashes) % 32 = 0)
);
comment on table log.pruned_use is 'Hashes of the leaves of uses that were let go, 32 bytes each, in their order';
create trigger pruned_use_is_append_only before update or delete on log.pruned_use
    for each row execute function log.refuse_change();
create trigger pruned_use_is_not_truncated before truncate on log.pruned_use
    for each statement execute function log.refuse_change();
