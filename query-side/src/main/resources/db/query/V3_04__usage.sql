-- Sums of what was reported, one row per number: day x provider x model x user x key x measure.
create table view.usage_day (
    tenant   uuid    not null,
    day      date    not null,                    -- of the consumption, UTC
    provider text    not null,
    model    text    not null,                    -- empty when not told
    user_id  text    not null,
    key      uuid    not null,                    -- nil when not told
    measure  text    not null,                    -- requests, errors, uncosted, unit, cost
    name     text    not null,                    -- the unit or the currency; empty for the others
    amount   numeric not null,
    primary key (tenant, day, provider, model, user_id, key, measure, name)
);
create index usage_day_by_user on view.usage_day (tenant, user_id, day);
comment on table view.usage_day is 'Exact sums of reported usage by day, provider, model, user, key and measure';
