-- Reads of the audit, counted until the command side has written them to the log. Written before the read is answered, by
-- whichever side answers it; a row per kind, so a caller who reads in a loop makes one row and one event a minute.
create table log.reading (
    id        bigint      generated always as identity primary key,
    tenant    uuid        not null,
    actor     text        not null,           -- a token's id, or of whom an issuer says it is
    operation text        not null,           -- a method and a path as the description of the API writes them
    key       uuid,                           -- that was asked about
    subject   uuid,                           -- who was asked about, by the random id
    opened_at timestamptz not null,           -- of the window that is counted
    first_at  timestamptz,                    -- of the first that is not in the log; absent when all are
    times     bigint      not null check (times > 0),
    written   bigint      not null default 0 check (written between 0 and times),
    unique nulls not distinct (tenant, actor, operation, key, subject)
);
comment on table log.reading is 'Reads of the audit, counted until they are in the log';

-- Replays that have begun or ended and are not in the log yet. A row goes with the event that says it.
create table log.replay_note (
    id         bigint      generated always as identity primary key,
    tenant     uuid        not null,
    actor      text        not null,
    request_id text,
    replay     text        not null,
    projection text        not null,
    mode       text        not null,
    outcome    text,                          -- absent: it has begun
    position   bigint      not null default 0,
    at         timestamptz not null
);
comment on table log.replay_note is 'Replays that have begun or ended, until it is in the log';
