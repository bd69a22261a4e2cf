-- What a token is confined to; an empty array confines nothing. End users stand here by their random ids.
alter table access.api_token
    add column users          uuid[] not null default '{}',
    add column providers      text[] not null default '{}',
    add column networks       text[] not null default '{}',
    -- The text before the last rotation opens too, until an instant.
    add column previous_hash  bytea check (octet_length(previous_hash) = 32),
    add column previous_until timestamptz,
    add constraint previous_has_an_end check ((previous_hash is null) = (previous_until is null));
create unique index api_token_by_previous on access.api_token (previous_hash) where previous_hash is not null;
