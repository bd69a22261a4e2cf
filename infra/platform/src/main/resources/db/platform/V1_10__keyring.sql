-- Wrapped keys. None of these rows opens anything without the root, which is never in this database. Versions are only
-- ever added; a key is destroyed by deleting its rows, and what it sealed is shredded from then on.
create schema keyring;

-- L1: one key-encryption key per tenant and chain, wrapped by the chain's root.
create table keyring.tenant_kek (
    kek          uuid        not null,                         -- the same for all versions
    version      integer     not null check (version >= 1),
    tenant       uuid        not null,                         -- nil: the platform itself
    chain        smallint    not null check (chain in (1, 2)), -- 1 events, 2 credentials
    root         uuid        not null,
    root_version integer     not null,                         -- what rotation of the root counts by
    wrapped      bytea       not null,
    created_at   timestamptz not null default now(),
    primary key (kek, version),
    unique (tenant, chain, version)
);
comment on table keyring.tenant_kek is 'L1: a key-encryption key per tenant and chain, wrapped by the root of the chain';

-- L2 of the events chain. Credential keys, the other chain's, lie in the vault.
create table keyring.data_key (
    data_key    uuid        not null,                            -- the same for all versions; in every sealed header
    version     integer     not null check (version >= 1),
    tenant      uuid        not null,
    kind        smallint    not null check (kind in (1, 2, 3)),  -- 1 subject, 2 audit, 3 lookup
    owner       uuid        not null,                            -- the subject, the year as a number, or nil
    wrapped     bytea       not null,                            -- names its tenant_kek in its header
    created_at  timestamptz not null default now(),
    primary key (data_key, version),
    unique (tenant, kind, owner, version)
);
comment on table keyring.data_key is 'L2: random data keys of the events chain, wrapped by their tenant''s key-encryption key';

-- Never changed in place by accident: a re-wrap replaces wrapped (and root, root_version) and nothing else.
create function keyring.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a key keeps its name, version and owner';
end $$;
create trigger tenant_kek_keeps_its_name before update of kek, version, tenant, chain on keyring.tenant_kek
    for each row execute function keyring.refuse_change();
create trigger data_key_keeps_its_name before update of data_key, version, tenant, kind, owner on keyring.data_key
    for each row execute function keyring.refuse_change();
