-- The query side's role, made new after every migration. It owns the read models, reads the history and the keys of the
-- events chain, and can reach neither a sealed credential nor a key that opens one: schema vault is closed to it, and of
-- the tenants' key-encryption keys it sees the events chain's rows only.
do $$
declare
    relation record;
begin
    -- Nodes that start at once would change the same rows of the catalogue.
    perform pg_advisory_xact_lock(x'62796f6e'::int, 0);
    if not exists (select from pg_roles where rolname = 'byok_query') then
        begin
            create role byok_query nologin;
        exception
            when duplicate_object or unique_violation then null; -- made meanwhile, for another database of this server
            when insufficient_privilege then
                raise warning 'role byok_query is missing and % may not create it: --role query cannot start', current_user;
                return;
        end;
    end if;
    if not pg_has_role(current_user, 'byok_query', 'usage') then
        begin
            execute format('grant byok_query to %I', current_user);
        exception when insufficient_privilege then
            raise warning '% is no member of byok_query: --role query cannot start', current_user;
            return;
        end;
    end if;

    execute format('grant create on database %I to byok_query', current_database()); -- replays build schemas of their own
    if to_regnamespace('access') is not null then
        grant usage on schema access, keyring to byok_query;
        grant select on access.api_token, access.suspended_tenant, keyring.tenant_kek, keyring.data_key, keyring.root_version to byok_query;
        grant select on keyring.tombstone, keyring.epoch to byok_query;
        if to_regclass('keyring.kek_tombstone') is not null then
            grant select on keyring.kek_tombstone to byok_query;
        end if;
        grant select, insert, update, delete on keyring.node to byok_query; -- says what it has dropped
        if not (select relrowsecurity from pg_class where oid = 'keyring.tenant_kek'::regclass) then
            alter table keyring.tenant_kek enable row level security; -- the owner is exempt
            create policy events_chain on keyring.tenant_kek for select to byok_query using (chain = 1);
        end if;
    end if;
    if to_regnamespace('log') is not null then
        grant usage on schema log to byok_query;
        grant select on log.event to byok_query;
        if to_regclass('log.pruned_use') is not null then
            grant select on log.pruned_use to byok_query;
        end if;
        if to_regclass('log.reading') is not null then
            grant select, insert, update on log.reading to byok_query; -- says who read the audit
            grant insert on log.replay_note to byok_query;
        end if;
    end if;
    -- The read models of all generations; schemas first, for the owner of a table must be allowed to create it.
    for relation in
        select nspname from pg_namespace where nspname ~ '^view(_|$)' and pg_get_userbyid(nspowner) = current_user
    loop
        execute format('alter schema %I owner to byok_query', relation.nspname);
    end loop;
    for relation in
        select n.nspname, c.relname, c.relkind
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname ~ '^view(_|$)' and c.relkind in ('r', 'S')
           and pg_get_userbyid(c.relowner) = current_user
           -- the sequence of an identity column goes with its table
           and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'i')
    loop
        execute format('alter %s %I.%I owner to byok_query',
                       case relation.relkind when 'S' then 'sequence' else 'table' end, relation.nspname, relation.relname);
    end loop;
end $$;
