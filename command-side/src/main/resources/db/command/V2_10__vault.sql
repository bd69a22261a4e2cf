-- Stored credentials, sealed field by field. Nothing outside the vault reads this schema; the query side's role never.
create schema vault;

-- L2 of the credentials chain: one random data key per provider key, wrapped by its tenant's key-encryption key.
create table vault.credential_key (
    key        uuid        not null,                        -- the provider key
    data_key   uuid        not null,                        -- in the header of every field
    version    integer     not null check (version >= 1),   -- of the data key
    tenant     uuid        not null,
    wrapped    bytea       not null,
    created_at timestamptz not null default now(),
    primary key (key, version),
    unique (data_key, version)
);
comment on table vault.credential_key is 'L2: the data key of one provider key; deleted with it, and the credential is gone';

-- One version of one credential. fields[i] is sealed in sealed[i], each bound to its name.
create table vault.credential (
    key        uuid        not null,
    version    integer     not null check (version >= 1),   -- of the credential
    tenant     uuid        not null,
    subject    uuid        not null,
    fields     text[]      not null check (cardinality(fields) >= 1),
    sealed     bytea[]     not null check (cardinality(sealed) = cardinality(fields)),
    created_at timestamptz not null default now(),
    primary key (key, version)
);
comment on table vault.credential is 'Sealed credentials, one row per version';
