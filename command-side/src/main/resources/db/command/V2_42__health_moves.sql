-- A key that its provider refuses, or takes again, changes what is decided about its owner's keys: as every other change
-- of that kind, it moves the owner's number.
create function head.health_moved() returns trigger language plpgsql as $$
declare
    owner uuid;
begin
    if tg_op = 'UPDATE' and (old.state = 5) = (new.state = 5) and old.version = new.version
        or tg_op = 'INSERT' and new.state <> 5 then
        return null;
    end if;
    select subject into owner from head.key_head where key = new.key;
    if owner is not null then
        perform head.move_epoch(owner);
    end if;
    return null;
end $$;
create trigger health_moves_epoch after insert or update of state, version on head.key_health
    for each row execute function head.health_moved();
