-- Erasures of end users. The row says how far each has come; what it says follows from the events of its stream.
create table head.erasure (
    erasure      uuid        primary key,
    tenant       uuid        not null,
    subject      uuid        not null unique, -- an end user is erased once
    legal_basis  text        not null,
    status       smallint    not null,        -- 1 requested, 2 destroyed, 3 erased
    requested_at timestamptz not null,
    destroyed_at timestamptz,
    position     bigint,                      -- of the event that says that the keys are gone: every reader must pass it
    epoch        bigint,                      -- of the tombstones: every node must reach it
    erased_at    timestamptz,
    certificate  text                         -- a signed note; holds nothing that leads to the person
);
create index erasure_by_tenant on head.erasure (tenant, erasure);
create index erasure_unfinished on head.erasure (requested_at) where status < 3;

-- Which stores have said that nothing is left in them.
create table head.erasure_ack (
    erasure uuid        not null references head.erasure,
    store   text        not null,
    how     text        not null,
    at      timestamptz not null,
    primary key (erasure, store)
);

-- Nothing is ever written again about an end user whose erasure was asked for, by whichever feature. Looked up in the
-- inserting statement itself, under the append lock, so it costs no round trip and knows no race.
create function log.refuse_erased() returns trigger language plpgsql as $$
begin
    -- An array, so that the plan is a look-up per user however long the list of erasures gets.
    if exists (select from head.erasure where subject = any (array(
            select distinct subject from written where subject is not null))) then
        raise exception 'the end user is erased' using errcode = 'BY410';
    end if;
    return null;
end $$;
create trigger event_is_about_nobody_erased after insert on log.event
    referencing new table as written for each statement execute function log.refuse_erased();

-- What there is about one end user: asked by an erasure, over a history of any length.
create or replace function log.ensure_partition(at bigint) returns void language plpgsql as $$
declare
    size constant bigint := 10000000;
    number constant bigint := at / size;
    partition constant text := format('event_p%s', number);
begin
    if to_regclass('log.' || partition) is null then
        execute format('create table log.%I (like log.event including defaults including constraints,'
                       ' constraint %I check (position >= %s and position < %s))',
                       partition, partition || '_range', number * size, (number + 1) * size);
        execute format('alter table log.event attach partition log.%I for values from (%s) to (%s)',
                       partition, number * size, (number + 1) * size);
        execute format('alter table log.%I drop constraint %I', partition, partition || '_range');
        execute format('create unique index %I on log.%I (stream, sequence)', partition || '_stream', partition);
        execute format('create index %I on log.%I using brin (occurred_at)', partition || '_time', partition);
        execute format('create index %I on log.%I (subject, position) where subject is not null',
                       partition || '_subject', partition);
        execute format('create trigger event_is_not_truncated before truncate on log.%I'
                       ' for each statement execute function log.refuse_change()', partition);
    end if;
end $$;
do $$
declare
    partition record;
begin
    for partition in select relname from pg_inherits join pg_class on oid = inhrelid where inhparent = 'log.event'::regclass
    loop
        execute format('create index %I on log.%I (subject, position) where subject is not null',
                       partition.relname || '_subject', partition.relname);
    end loop;
end $$;
