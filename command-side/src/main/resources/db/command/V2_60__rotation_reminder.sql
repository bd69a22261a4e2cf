-- Since when the serving version serves, so that it can be reminded of its rotation.
alter table head.key_head add column version_since timestamptz;
update head.key_head set version_since = created_at;
alter table head.key_head alter column version_since set not null;
create index key_head_by_version_age on head.key_head (version_since) where status <= 2;
create index key_head_by_expiry on head.key_head (expires_at) where status <= 2 and expires_at is not null;
