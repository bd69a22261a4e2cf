-- The role that requests read as, made after byok_query's own script. It owns nothing, may write nothing, and sees through
-- the policies of view.wall_tenant. Whoever may work as byok_query may step down to it, and it never up.
do $$
declare
    relation regclass;
begin
    perform pg_advisory_xact_lock(x'62796f6e'::int, 0);
    if to_regrole('byok_query') is null then
        return; -- warned about already
    end if;
    if not exists (select from pg_roles where rolname = 'byok_request') then
        begin
            create role byok_request nologin;
        exception
            when duplicate_object or unique_violation then null; -- made meanwhile, for another database of this server
            when insufficient_privilege then
                raise warning 'role byok_request is missing and % may not create it', current_user;
                return;
        end;
    end if;
    if not pg_has_role('byok_query', 'byok_request', 'member') then
        begin
            grant byok_request to byok_query;
        exception when insufficient_privilege then
            raise warning 'byok_query is no member of byok_request and % may not change that', current_user;
            return;
        end;
    end if;
    if to_regprocedure('view.wall_tenant(regclass)') is null then
        return;
    end if;
    grant usage on schema view to byok_request;
    for relation in
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'view' and c.relkind = 'r' order by c.oid
    loop
        perform view.wall_tenant(relation);
    end loop;
end $$;
