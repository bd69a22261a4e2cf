-- The audit trail: one row per fact. End users stand here by their random id only; the name is joined in when read.
create table view.audit_event (
    position   bigint      not null,
    item       integer     not null,              -- the fact within the event, from 0
    tenant     uuid        not null,
    at         timestamptz not null,
    action     text        not null,
    outcome    text        not null,
    actor      text,                              -- absent when its key was destroyed
    stream     text        not null,
    key        uuid,
    subject    uuid,
    purpose    text,
    reason     text,
    request_id text,
    event_id   uuid        not null,
    details    jsonb       not null,              -- facts without secrets
    primary key (position, item)
);
create index audit_event_by_tenant on view.audit_event (tenant, position, item);
create index audit_event_by_key on view.audit_event (tenant, key, position, item) where key is not null;
create index audit_event_by_subject on view.audit_event (tenant, subject, position, item) where subject is not null;
create index audit_event_by_actor on view.audit_event (tenant, actor, position, item);
comment on table view.audit_event is 'The audit trail: one row per fact, every use of a secret included';

create table view.audit_subject (
    tenant  uuid not null,
    subject uuid not null,
    user_id text not null,
    primary key (tenant, subject)
);
create index audit_subject_by_user on view.audit_subject (tenant, user_id);
comment on table view.audit_subject is 'Who a random end user id is, to the application';
