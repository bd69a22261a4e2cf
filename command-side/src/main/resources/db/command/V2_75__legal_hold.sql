-- Legal holds. A row says whether one holds now; who wanted it and why follows from the events of its stream.
create table head.legal_hold (
    hold         uuid        primary key,
    tenant       uuid        not null,
    subject      uuid,                        -- absent: everybody
    held_from    timestamptz,                 -- absent: from the beginning
    held_to      timestamptz,                 -- exclusive; absent: to the end
    status       smallint    not null,        -- 1 requested, 2 placed, 3 lift-requested, 4 lifted, 5 withdrawn
    requested_at timestamptz not null
);
create index legal_hold_by_tenant on head.legal_hold (tenant, hold);
create index legal_hold_in_force on head.legal_hold (tenant) where status in (2, 3);
comment on table head.legal_hold is 'Legal holds: what must not be pruned or erased now';
