-- What providers said about keys: the last of it for the key list, all of it as history. Without personal text.
create table view.key_health (
    key        uuid        primary key,
    version    integer     not null,
    state      text        not null,
    score      smallint    not null,
    message    text        not null,
    checked_at timestamptz not null
);
comment on table view.key_health is 'What the provider last said about a key';

create table view.key_validation (
    key         uuid        not null,
    position    bigint      not null,
    tenant      uuid        not null,
    version     integer     not null,
    state       text        not null,
    score       smallint    not null,
    message     text        not null,
    lacks       jsonb       not null,              -- array of strings
    occasion    text        not null,
    called      text        not null,
    took_millis bigint      not null,
    at          timestamptz not null,
    primary key (key, position)
);
comment on table view.key_validation is 'Everything that providers said about a key';
