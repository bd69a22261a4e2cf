-- Erasures of tenants. The row says how far each has come; it outlives the tenant, and so do its acknowledgements.
create table head.tenant_erasure (
    erasure      uuid        primary key,
    tenant       uuid        not null unique, -- erased once
    operator     uuid        not null,        -- the tenant whose history tells of it
    legal_basis  text        not null,
    status       smallint    not null,        -- 1 requested, 2 destroyed, 3 erased
    requested_at timestamptz not null,
    destroyed_at timestamptz,
    position     bigint,                      -- of the event that says that the keys are gone: every reader must pass it
    epoch        bigint,                      -- of the tombstones: every node must reach it
    erased_at    timestamptz,
    certificate  text                         -- a signed note; holds nothing that leads to anybody
);
create index tenant_erasure_unfinished on head.tenant_erasure (requested_at) where status < 3;
comment on table head.tenant_erasure is 'Erasures of tenants, and how far they are';

create table head.tenant_erasure_ack (
    erasure uuid        not null references head.tenant_erasure,
    store   text        not null,
    how     text        not null,
    at      timestamptz not null,
    primary key (erasure, store)
);

-- Nothing is ever written again in a tenant whose erasure was asked for, by whichever feature: as for end users, in the
-- inserting statement itself, under the append lock.
create or replace function log.refuse_erased() returns trigger language plpgsql as $$
begin
    if exists (select from head.erasure where subject = any (array(
            select distinct subject from written where subject is not null))) then
        raise exception 'the end user is erased' using errcode = 'BY410';
    end if;
    if exists (select from head.tenant_erasure where tenant = any (array(select distinct tenant from written))) then
        raise exception 'the tenant is erased' using errcode = 'BY411';
    end if;
    return null;
end $$;
