-- API tokens as every node needs them to recognise a caller. The token itself is nowhere; its keyed hash is the key.
create schema access;

create table access.api_token (
    token_hash  bytea       primary key check (octet_length(token_hash) = 32),
    token_id    uuid        not null unique,
    tenant      uuid        not null,
    name        text        not null,
    mask        text        not null,
    scopes      text[]      not null,
    created_at  timestamptz not null,
    expires_at  timestamptz,
    revoked_at  timestamptz
);
create index api_token_by_tenant on access.api_token (tenant, token_id);
