-- What was destroyed on purpose. A key id that is neither here nor among the keys is an alarm, not an erasure: whoever can
-- delete rows cannot pass that off as one, and an owner who is here never gets a new key.
create table keyring.tombstone (
    data_key     uuid        not null,
    version      integer     not null check (version >= 1),
    tenant       uuid        not null,
    kind         smallint    not null check (kind in (1, 2, 3, 4)), -- as in data_key; 4 credential
    owner        uuid        not null,                            -- the subject, or the provider key
    wrap_hash    bytea       not null check (octet_length(wrap_hash) = 32), -- SHA-256 of the wrap that was deleted
    legal_basis  text        not null,
    epoch        bigint      not null,                            -- which nodes have dropped it
    destroyed_at timestamptz not null,
    primary key (data_key, version)
);
create index tombstone_by_owner on keyring.tombstone (tenant, kind, owner);
create index tombstone_by_epoch on keyring.tombstone (epoch);
comment on table keyring.tombstone is 'Keys that were destroyed on purpose, with what proves that it was these';

create trigger tombstone_stands before update or delete on keyring.tombstone
    for each row execute function keyring.refuse_change();
create trigger tombstones_stand before truncate on keyring.tombstone
    for each statement execute function keyring.refuse_change();

-- Grows with every destruction, in its transaction: epochs are in the order of commits.
create table keyring.epoch (
    only_row boolean primary key default true check (only_row),
    epoch    bigint  not null
);
insert into keyring.epoch (epoch) values (0);

-- Processes that may hold unwrapped keys. A row whose epoch is an erasure's says: none of those are left here.
create table keyring.node (
    node       uuid        primary key,
    role       text        not null,
    epoch      bigint      not null,
    started_at timestamptz not null default now(),
    seen_at    timestamptz not null default now()
);
comment on table keyring.node is 'Processes that may hold unwrapped keys, and up to which epoch they dropped what was destroyed';

-- 5: the 32 bytes are the seed of a signing key. It hangs from the credentials chain, which the query side has not.
alter table keyring.data_key drop constraint data_key_kind_check;
alter table keyring.data_key add constraint data_key_kind_check check (kind in (1, 2, 3, 5));
