-- The key list.
create table view.key_view (
    key                uuid        primary key,
    tenant             uuid        not null,
    user_id            text        not null,
    provider           text        not null,
    environment        text        not null,
    alias              text,
    description        text,
    tags               jsonb       not null,      -- array of strings, sorted
    priority           integer     not null,
    fallback           boolean     not null,
    hint               text        not null,
    fingerprint        text        not null,
    status             smallint    not null,      -- 1 active, 2 disabled, 3 revoked, 4 deleted
    version            integer     not null,      -- the credential version that serves
    version_created_at timestamptz not null,
    sequence           bigint      not null,      -- the aggregate version, as in ETag
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    expires_at         timestamptz,
    last_used_at       timestamptz
);
create index key_view_by_tenant on view.key_view (tenant, key);
create index key_view_by_user on view.key_view (tenant, user_id, key);
comment on table view.key_view is 'The key list: one row per provider key, with everything an answer shows but its versions';

create table view.key_version (
    key         uuid        not null,
    version     integer     not null,
    tenant      uuid        not null,
    hint        text        not null,
    created_at  timestamptz not null,
    retires_at  timestamptz,                      -- serves as a fallback until then
    retired_at  timestamptz,                      -- its credential is destroyed
    primary key (key, version)
);
comment on table view.key_version is 'Every version a key has had';
