-- The second wall between tenants. The first is the predicate that every statement of a reader carries; this one holds when
-- a statement has lost it. Two policies on every read model, forced, so that they bind the owner as well:
--   machinery  byok_query, the owner: the feed, replays and signing go over the rows of all tenants, and no request works as it
--   tenant     byok_request, owner of nothing: a request's rows, those of the tenant whose credential it came with
-- A function, because a rebuild makes the tables anew, and a table is walled before it is read.
create function view.wall_tenant(relation regclass) returns void language plpgsql as $$
declare
    own   text;
    label text;
    rule  text;
begin
    if to_regrole('byok_query') is null or to_regrole('byok_request') is null then
        return; -- the server says so when it starts, and does not
    end if;
    if exists (select from pg_policy where polrelid = relation and polname = 'tenant') then
        return;
    end if;
    select n.nspname, c.relname into own, label
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
    if exists (select from pg_attribute where attrelid = relation and attname = 'tenant' and not attisdropped) then
        rule := 'tenant = nullif(current_setting(''byok.tenant'', true), '''')::uuid'; -- no tenant, no rows
    elsif label = 'key_health' then
        rule := format('exists (select from %I.key_view owned where owned.key = key_health.key)', own); -- itself walled
    else
        return; -- names no tenant
    end if;
    execute format('alter table %s enable row level security', relation);
    execute format('alter table %s force row level security', relation);
    execute format('create policy machinery on %s to byok_query using (true) with check (true)', relation);
    execute format('create policy tenant on %s for select to byok_request using (%s)', relation, rule);
    if label <> 'parked' then -- no request reads it
        execute format('grant select on %s to byok_request', relation);
    end if;
end $$;
comment on function view.wall_tenant is 'Lets requests see of a read model their own tenant''s rows only';
