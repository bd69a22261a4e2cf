-- States of audit logs that were signed. No read model: a signature is not made again, and a replay is held against these.
create table view.audit_checkpoint (
    tenant    uuid        not null,               -- nil: the platform's
    size      bigint      not null,
    root      bytea       not null check (octet_length(root) = 32),
    position  bigint      not null,               -- of the event log, up to which the tree goes
    note      text        not null,               -- C2SP tlog-checkpoint, signed
    signed_at timestamptz not null,
    published boolean     not null default false, -- the broker has acknowledged it
    primary key (tenant, size)
);
create index audit_checkpoint_unpublished on view.audit_checkpoint (tenant) where not published;
comment on table view.audit_checkpoint is 'States of audit logs that were signed, for ever';
