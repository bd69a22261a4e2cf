-- Replays that were asked for. The rows outlive the server, so that an interrupted one can be told from a running one.
create table view.replay (
    id          uuid        primary key,
    tenant      uuid        not null,             -- who asked
    actor       text        not null,
    projection  text        not null,             -- keys, usage, audit, all
    mode        text        not null,             -- verify, rebuild
    status      text        not null,             -- running, succeeded, failed, interrupted
    generation  bigint      not null,             -- its tables lie in schema view_<generation>
    processed   bigint      not null default 0,   -- events
    total       bigint      not null default 0,
    position    bigint      not null default 0,
    started_at  timestamptz not null,
    finished_at timestamptz,
    digests     jsonb       not null default '{}',
    differences jsonb       not null default '[]',
    failure     text                              -- one line, never a payload
);
create index replay_by_tenant on view.replay (tenant, id);
comment on table view.replay is 'Replays that were asked for, with progress and outcome';
