-- Rotation of what the vault holds. See keyring's own fence (V1_20) for why there is one.

create index credential_key_by_parent
    on vault.credential_key (keyring.parent(wrapped), keyring.parent_version(wrapped), data_key);

create trigger credential_key_under_living_kek before insert or update of wrapped on vault.credential_key
    for each row execute function keyring.under_living_kek();

-- A key has one row: rotation replaces it in place. A delete that waited for a rotation then still finds it; a second row
-- it would not see, and the key of a destroyed credential would live on.
alter table vault.credential_key add constraint credential_key_is_one unique (key);

-- A credential is stored under the data key of the day. One that was sealed under a version that rotation has replaced
-- meanwhile would be one that nobody opens: refused, and sealed again by who stores it.
create function vault.under_living_key() returns trigger language plpgsql as $$
begin
    perform from vault.credential_key
        where key = new.key and data_key = all (select keyring.parent(field) from unnest(new.sealed) field)
          and version = all (select keyring.parent_version(field) from unnest(new.sealed) field)
        for key share;
    if not found then
        raise exception 'this version of the data key was replaced' using errcode = 'BY001';
    end if;
    return new;
end $$;
create trigger credential_under_living_key before insert on vault.credential
    for each row execute function vault.under_living_key();
