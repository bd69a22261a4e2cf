-- What is said about fallback, one row per end user, provider and environment; the tenant's default stands under the
-- tenant's own id. A removed one keeps its row: its history goes on if it is set again.
create table head.chain_head (
    tenant         uuid     not null,
    subject        uuid     not null,
    provider       text     not null,
    environment    text     not null,
    chain          uuid     not null unique,
    sequence       bigint   not null, -- the aggregate version, as in ETag
    removed        boolean  not null,
    keys           uuid[]   not null, -- in order; empty: by priority
    system         text     not null, -- never, on-transient, always
    conditions     text[]   not null, -- the failures after which another key may serve
    max_retries    integer  not null,
    retry_delay_ms integer  not null,
    primary key (tenant, subject, provider, environment)
);

alter table head.key_head add column models text[] not null default '{}';
alter table head.tenant_head add column suspended_at timestamptz;

-- A number per end user (and per tenant, under its own id) that moves with everything a decision about their keys is
-- made of. A node may decide from what it remembers: the transaction that records the use compares the number, and what
-- was decided on something older is decided again. Triggers, so that no statement can forget it.
create table head.epoch (
    subject uuid   primary key,
    epoch   bigint not null
);

create sequence head.epoch_number;

create function head.move_epoch(moved uuid) returns void language sql as $$
    insert into head.epoch (subject, epoch) values (moved, nextval('head.epoch_number'))
    on conflict (subject) do update set epoch = excluded.epoch
$$;

create function head.subject_moved() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        perform head.move_epoch(old.subject);
    end if;
    if tg_op <> 'DELETE' then
        perform head.move_epoch(new.subject);
    end if;
    return null;
end $$;

create function head.tenant_moved() returns trigger language plpgsql as $$
begin
    perform head.move_epoch(case when tg_op = 'DELETE' then old.tenant else new.tenant end);
    return null;
end $$;

create trigger key_moves_epoch after insert or update or delete on head.key_head
    for each row execute function head.subject_moved();
create trigger chain_moves_epoch after insert or update or delete on head.chain_head
    for each row execute function head.subject_moved();
create trigger subject_moves_epoch after insert or update or delete on head.subject_ref
    for each row execute function head.subject_moved();
create trigger tenant_moves_epoch after insert or update or delete on head.tenant_head
    for each row execute function head.tenant_moved();
