-- What is known of whether providers take the keys: one row per key, for resolution and for the schedule. Rebuilt from
-- nothing: a key without a row has never been asked about.
create table head.key_health (
    key           uuid        primary key,
    tenant        uuid        not null,
    version       integer     not null,             -- of the credential that was asked about
    state         smallint    not null,             -- 0 unknown, otherwise as in the code
    score         smallint,                         -- 0 to 100
    checked_at    timestamptz,
    success       real,                             -- share of late live calls that succeeded, newest count most
    next_check_at timestamptz,                      -- absent: not on the schedule
    expiry_told   timestamptz,                      -- the expiresAt that was reminded of
    rotation_told timestamptz                       -- the rotateBy that was reminded of
);
create index key_health_due on head.key_health (next_check_at) where next_check_at is not null;
