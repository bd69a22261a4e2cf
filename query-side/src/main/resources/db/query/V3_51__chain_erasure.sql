-- A chain is about an end user and must go with them, so it is found by the random id. The read model rebuilds itself.
truncate view.chain_view;
alter table view.chain_view add column subject uuid; -- the tenant's own id for its default
create index chain_view_by_subject on view.chain_view (tenant, subject);

delete from view.parked where projection = 'chains';
update view.projection set position = 0, kafka_offset = 0 where name = 'chains';
