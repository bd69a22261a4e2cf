-- What is said about fallback, as it is shown.
create table view.chain_view (
    chain          uuid        primary key,
    tenant         uuid        not null,
    user_id        text,                          -- absent for the tenant's default
    provider       text        not null,
    environment    text        not null,
    keys           jsonb       not null,          -- array of key ids, in order
    system         text        not null,          -- never, on-transient, always
    conditions     jsonb       not null,          -- array of failures, sorted
    max_retries    integer     not null,
    retry_delay_ms integer     not null,
    removed        boolean     not null,
    sequence       bigint      not null,          -- the aggregate version, as in ETag
    updated_at     timestamptz not null
);
create index chain_view_by_place on view.chain_view (tenant, user_id, provider, environment);
comment on table view.chain_view is 'Chains and defaults for fallback, one row each, also those removed';

insert into view.projection (name, lane, generation, position, kafka_offset) values ('chains', 0, 0, 0, 0);

alter table view.key_view alter column user_id drop not null; -- a key of the platform's own
alter table view.key_view add column models jsonb not null default '[]';
