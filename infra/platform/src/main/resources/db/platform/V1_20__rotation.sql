-- Rotation: which versions may still wrap, what is wrapped under which, and the runs themselves.

-- Versions of roots that this database has met. The roots are elsewhere; this is what rotation counts and fences by.
create table keyring.root_version (
    chain        smallint    not null check (chain in (1, 2)),
    root         uuid        not null,
    version      integer     not null check (version >= 1),
    made_at      timestamptz not null default now(), -- when this database first met it
    retired_at   timestamptz,                        -- from then on it wraps nothing new
    destroyed_at timestamptz,                        -- nothing was under it any more, and its provider has destroyed it
    primary key (chain, root, version)
);
comment on table keyring.root_version is 'Versions of the roots: met, retired, destroyed; no key material';
insert into keyring.root_version (chain, root, version, made_at)
    select chain, root, root_version, min(created_at) from keyring.tenant_kek group by chain, root, root_version;

alter table keyring.tenant_kek add column retired_at timestamptz; -- from then on it wraps nothing new

-- A wrap names the key above it in its header (suite 1, all lengths fixed).
create function keyring.parent(wrapped bytea) returns uuid
    language sql immutable strict parallel safe
    return encode(substring(wrapped from 7 for 16), 'hex')::uuid;
create function keyring.parent_version(wrapped bytea) returns integer
    language sql immutable strict parallel safe
    return ('x' || encode(substring(wrapped from 23 for 4), 'hex'))::bit(32)::integer;

create index tenant_kek_by_root on keyring.tenant_kek (chain, root, root_version);
create index data_key_by_parent on keyring.data_key (keyring.parent(wrapped), keyring.parent_version(wrapped), data_key);

-- The fence. Whoever stores a wrap holds a share of the version above it until the commit; retiring that version waits for
-- all of them, and refuses those that come later (BY001: wrap it again, under the newest). So when rotation has retired a
-- version and counts nothing under it, nothing will ever be under it again, and only then is it destroyed.
create function keyring.under_living_root() returns trigger language plpgsql as $$
begin
    insert into keyring.root_version (chain, root, version)
        values (new.chain, new.root, new.root_version) on conflict do nothing;
    perform from keyring.root_version
        where chain = new.chain and root = new.root and version = new.root_version and retired_at is null
        for key share;
    if not found then
        raise exception 'this version of the root is retired' using errcode = 'BY001';
    end if;
    return new;
end $$;
create trigger tenant_kek_under_living_root before insert or update of root, root_version on keyring.tenant_kek
    for each row execute function keyring.under_living_root();

create function keyring.under_living_kek() returns trigger language plpgsql as $$
begin
    perform from keyring.tenant_kek
        where kek = keyring.parent(new.wrapped) and version = keyring.parent_version(new.wrapped)
          and retired_at is null
        for key share;
    if not found then
        raise exception 'this version of the tenant''s key is retired' using errcode = 'BY001';
    end if;
    return new;
end $$;
create trigger data_key_under_living_kek before insert or update of wrapped on keyring.data_key
    for each row execute function keyring.under_living_kek();

-- Destroying is whole. A delete that waited for a rotation does not see the version which that rotation has just
-- committed, and would leave it behind: a key that was destroyed, and lives.
create function keyring.destroy_whole_data_key() returns trigger language plpgsql as $$
begin
    delete from keyring.data_key where data_key = old.data_key;
    return null;
end $$;
create trigger data_key_goes_whole after delete on keyring.data_key
    for each row execute function keyring.destroy_whole_data_key();

-- The same for a tenant that leaves; a retired version goes alone.
create function keyring.destroy_whole_tenant_kek() returns trigger language plpgsql as $$
begin
    delete from keyring.tenant_kek where kek = old.kek;
    return null;
end $$;
create trigger tenant_kek_goes_whole after delete on keyring.tenant_kek
    for each row when (old.retired_at is null) execute function keyring.destroy_whole_tenant_kek();

-- One row per rotation that was asked for. It says what to do and how far it is; what is left to do is read from the
-- keys themselves, so that a run can end anywhere and another node goes on.
create table keyring.rotation (
    id          uuid        not null primary key,
    level       text        not null check (level in ('root', 'tenant', 'data')),
    chain       smallint    check (chain in (1, 2)),  -- null: both
    tenant      uuid,                                 -- null: all
    moves       boolean     not null,                 -- leaves another root, so that no version is added
    operator    uuid        not null,                 -- the tenant of who asked; its audit says so
    actor       text        not null,
    request     text,
    state       text        not null default 'running' check (state in ('running', 'finished', 'failed')),
    total       bigint      not null default 0,
    done        bigint      not null default 0,
    remaining   bigint      not null default 0,
    failure     text,                                 -- why it failed, or what it waits for
    started_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    finished_at timestamptz
);
comment on table keyring.rotation is 'Rotations of keys: what was asked for, and how far it is';
create unique index rotation_one_per_level on keyring.rotation (level) where state = 'running';
