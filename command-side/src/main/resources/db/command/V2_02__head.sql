-- What must be true at once. Written in the transaction of the events it follows from; the write side's only read model.
create schema head;

create table head.key_head (
    key              uuid        primary key,
    tenant           uuid        not null,
    subject          uuid        not null,
    provider         text        not null,
    environment      text        not null,
    status           smallint    not null, -- 1 active, 2 disabled, 3 revoked, 4 deleted
    version          integer     not null, -- the credential version that serves
    sequence         bigint      not null, -- the aggregate version, as in ETag
    priority         integer     not null,
    fallback         boolean     not null,
    expires_at       timestamptz,
    previous_version integer,              -- still served as a fallback ...
    previous_until   timestamptz,          -- ... until then
    created_at       timestamptz not null
);
create index key_head_by_user on head.key_head (tenant, subject, provider, environment);
create index key_head_overlap on head.key_head (previous_until) where previous_until is not null;

-- The application's id of an end user, as a keyed hash, to the random one. Destroyed with the user.
create table head.subject_ref (
    tenant   uuid  not null,
    user_ref bytea not null check (octet_length(user_ref) = 32),
    subject  uuid  not null unique,
    primary key (tenant, user_ref)
);

create table head.tenant_head (
    tenant     uuid        primary key,
    name       text        not null unique,
    created_at timestamptz not null
);

-- The answer to a request that carried an Idempotency-Key: which event it led to. The body is folded again from there.
create table head.idempotency (
    tenant      uuid        not null,
    key_hash    bytea       not null check (octet_length(key_hash) = 32),
    fingerprint bytea       not null check (octet_length(fingerprint) = 32),
    stream_type smallint    not null,
    stream      uuid        not null,
    sequence    bigint      not null, -- the aggregate version the answer shows
    position    bigint      not null,
    answer      text,                 -- small answers that are no aggregate (counts); never a secret
    created_at  timestamptz not null,
    primary key (tenant, key_hash)
);
create index idempotency_by_age on head.idempotency (created_at);

-- Ids of usage records that are counted, as hashes: the second of two is a duplicate.
create table head.usage_seen (
    tenant    uuid  not null,
    record_id bytea not null check (octet_length(record_id) = 16),
    primary key (tenant, record_id)
);
