-- End users can be forgotten: what is about one is found by the random id, and the application's id stands in no key of a
-- table, so that no difference of a replay ever names a person. Both read models rebuild themselves from the history.
truncate view.usage_day, view.audit_event, view.audit_subject;

alter table view.usage_day add column subject uuid not null; -- nil: of users who were erased, all together
alter table view.usage_day drop constraint usage_day_pkey;
alter table view.usage_day add primary key (tenant, day, provider, model, subject, key, measure, name);
create index usage_day_by_subject on view.usage_day (tenant, subject);
comment on column view.usage_day.user_id is 'The application''s id; empty for users who were erased';

alter table view.audit_event add column sealed_for uuid; -- the end user whose key seals the event; absent when none does
comment on column view.audit_event.sealed_for is 'Whose erasure leaves of this fact only that it happened';

alter table view.parked add column subject uuid;

delete from view.parked where projection in ('usage', 'audit');
update view.projection set position = 0, kafka_offset = 0 where name in ('usage', 'audit');
