-- Whose row it is stands in every read model: a difference that a replay finds is shown to that tenant only, and the wall
-- between tenants needs no second table here.
alter table view.key_health add column tenant uuid;
update view.key_health set tenant = key_view.tenant from view.key_view where key_view.key = key_health.key;
delete from view.key_health where tenant is null; -- nobody's: the key list has no such key
alter table view.key_health alter column tenant set not null;

drop policy if exists machinery on view.key_health;
drop policy if exists tenant on view.key_health;
select view.wall_tenant('view.key_health'::regclass);
