-- Tenants that may do nothing now. Read with every token that is looked up, so it stands beside the tokens.
create table access.suspended_tenant (
    tenant uuid        primary key,
    since  timestamptz not null
);
