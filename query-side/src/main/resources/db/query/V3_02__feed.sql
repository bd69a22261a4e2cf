-- How far each read model has come. A projection's row and the read model's rows change in one transaction; whoever
-- moves the position must know it, so two nodes never apply a batch twice.
create table view.projection (
    name         text        not null,
    lane         smallint    not null,
    generation   bigint      not null,            -- grows with every rebuild
    position     bigint      not null,            -- everything up to here is applied or parked
    kafka_offset bigint      not null,            -- the record to read next
    updated_at   timestamptz not null default now(),
    primary key (name, lane)
);
comment on table view.projection is 'How far each read model has come, one row per lane';

insert into view.projection (name, lane, generation, position, kafka_offset)
values ('keys', 0, 0, 0, 0), ('usage', 0, 0, 0, 0), ('audit', 0, 0, 0, 0);

-- Records that could not be applied, and the later ones of their streams. Where they stand and why, never what they hold.
create table view.parked (
    id           bigint      generated always as identity primary key,
    projection   text        not null,
    lane         smallint    not null,
    kafka_offset bigint,                          -- absent when it came from the event store
    position     bigint,                          -- this and all below: absent when the record was none of ours
    tenant       uuid,
    stream_type  smallint,
    stream       uuid,
    sequence     bigint,
    event_id     uuid,
    name         smallint,
    revision     smallint,
    reason       text        not null,
    parked_at    timestamptz not null default now()
);
create index parked_stream on view.parked (projection, stream_type, stream);
comment on table view.parked is 'Records that could not be applied, and the later ones of their streams; never a payload';

create sequence view.generation;
