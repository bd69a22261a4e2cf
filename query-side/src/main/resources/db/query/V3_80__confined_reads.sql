-- A caller may be confined to some end users, who are told by their random ids. The read model rebuilds itself from the
-- history.
truncate view.key_view, view.key_version, view.key_health, view.key_validation;

alter table view.key_view add column subject uuid not null;
create index key_view_by_subject on view.key_view (tenant, subject, key);
comment on column view.key_view.subject is 'The end user by the random id; the tenant''s own for a key of the platform''s own';

delete from view.parked where projection = 'keys';
update view.projection set position = 0, kafka_offset = 0 where name = 'keys';
