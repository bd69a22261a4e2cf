-- Key-encryption keys of tenants that were erased. They never come back, and such a tenant never gets another.
create table keyring.kek_tombstone (
    kek          uuid        not null,
    version      integer     not null check (version >= 1),
    tenant       uuid        not null,
    chain        smallint    not null check (chain in (1, 2)), -- as in tenant_kek
    wrap_hash    bytea       not null check (octet_length(wrap_hash) = 32), -- SHA-256 of the wrap that was deleted
    legal_basis  text        not null,
    epoch        bigint      not null,                         -- which nodes have dropped it
    destroyed_at timestamptz not null,
    primary key (kek, version)
);
create index kek_tombstone_by_tenant on keyring.kek_tombstone (tenant);
create index kek_tombstone_by_epoch on keyring.kek_tombstone (epoch);
comment on table keyring.kek_tombstone is 'Key-encryption keys of erased tenants, with what proves that it was these';

create trigger kek_tombstone_stands before update or delete on keyring.kek_tombstone
    for each row execute function keyring.refuse_change();
create trigger kek_tombstones_stand before truncate on keyring.kek_tombstone
    for each statement execute function keyring.refuse_change();

-- A node that had not heard of it would make the tenant a new key. The lock is shared among those who make keys of one
-- tenant, and whoever destroys them holds it alone until the commit; so the look below comes before that, or sees it.
create function keyring.tenant_is_there() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(x'62796f6b'::int, hashtext(new.tenant::text));
    if exists (select from keyring.kek_tombstone where tenant = new.tenant) then
        raise exception 'the tenant is erased' using errcode = 'BY411';
    end if;
    return new;
end $$;
create trigger tenant_kek_of_living_tenant before insert on keyring.tenant_kek
    for each row execute function keyring.tenant_is_there();
