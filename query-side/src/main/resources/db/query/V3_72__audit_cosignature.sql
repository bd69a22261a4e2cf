-- What witnesses have cosigned. No read model either: a cosignature says what somebody else has seen at a time. Hangs from
-- no row: who deletes a state does not delete that somebody saw it.
create table view.audit_cosignature (
    tenant  uuid        not null,                 -- nil: the platform's
    size    bigint      not null,
    witness text        not null,                 -- its C2SP verifier key
    line    text        not null,                 -- the signature line, without its line feed
    at      timestamptz not null,                 -- when, by the witness's clock
    primary key (tenant, witness, size)
);
create index audit_cosignature_by_state on view.audit_cosignature (tenant, size);
comment on table view.audit_cosignature is 'Cosignatures of witnesses on states of audit logs, for ever';
