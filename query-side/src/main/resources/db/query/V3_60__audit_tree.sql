-- The audit logs: one RFC 6962 tree per tenant, and one for the platform (the nil tenant) over every event of all of them.
-- Filled in the order of the log, in the transaction of the audit trail's rows; a replay builds the same.
create table view.audit_log (
    tenant uuid   primary key,                    -- nil: the platform's
    size   bigint not null,                       -- leaves
    edge   bytea  not null                        -- roots of the perfect subtrees, the largest first, 32 bytes each
);
comment on table view.audit_log is 'How far each audit log has come: one Merkle tree per tenant and one for the platform';

-- The leaves of the tenants' logs. Leaf n of the platform's log is the nth leaf with item 0 of all tenants together.
create table view.audit_leaf (
    tenant   uuid        not null,
    index    bigint      not null,                -- from 0
    position bigint      not null,
    item     integer     not null,                -- 0 the event, from 1 the uses in it
    name     uuid        not null,                -- the event's id, or the use's
    at       timestamptz not null,
    leaf     bytea       not null,                -- its canonical bytes
    primary key (tenant, index)
);
create index audit_leaf_by_name on view.audit_leaf (tenant, name);
create index audit_leaf_by_time on view.audit_leaf (tenant, at);
comment on table view.audit_leaf is 'Canonical leaves of the audit logs';

-- Hashes as C2SP tiles: up to 256 of the tree's level 8 x level, 32 bytes each, from left to right.
create table view.audit_tile (
    tenant uuid     not null,
    level  smallint not null,
    index  bigint   not null,
    hashes bytea    not null,
    primary key (tenant, level, index)
);
alter table view.audit_tile alter column hashes set storage external; -- hashes do not compress
comment on table view.audit_tile is 'The hashes of the audit logs as tiles';
