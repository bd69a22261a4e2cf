-- The event store. Positions are dense and in the order of commits: whoever has read up to n has read everything
-- before n. Rows are never changed and never deleted.
create schema log;

create table log.event (
    position    bigint      not null,
    event_id    uuid        not null,
    tenant      uuid        not null,
    subject     uuid,
    stream_type smallint    not null,
    stream      uuid        not null,
    sequence    bigint      not null check (sequence >= 0),
    name        smallint    not null,
    revision    smallint    not null,
    occurred_at timestamptz not null,
    payload     bytea       not null,
    primary key (position)
) partition by range (position);

create function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'history is append-only';
end $$;

create trigger event_is_append_only before update or delete on log.event
    for each row execute function log.refuse_change();
create trigger event_is_not_truncated before truncate on log.event
    for each statement execute function log.refuse_change();

-- One partition holds ten million positions; the appender asks for the next one half a partition ahead. It is made apart
-- and then attached, since creating it in place would lock readers out. The unique index stands on each partition, not
-- on the parent, because PostgreSQL would demand the position in it; across partitions the appender's lock and its
-- look-up keep it unique. A partition inherits triggers for rows, but not for statements.
create function log.ensure_partition(at bigint) returns void language plpgsql as $$
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
        execute format('create trigger event_is_not_truncated before truncate on log.%I'
                       ' for each statement execute function log.refuse_change()', partition);
    end if;
end $$;

select log.ensure_partition(0);

-- How far the relay's records are acknowledged by the broker, one row per lane.
create table log.relay (
    lane     smallint primary key,
    position bigint   not null
);
insert into log.relay (lane, position) values (0, 0);
