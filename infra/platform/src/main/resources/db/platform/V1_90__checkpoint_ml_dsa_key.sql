-- 7: the 32 bytes are the seed of the ML-DSA-44 key of the second signature below states of audit logs.
alter table keyring.data_key drop constraint data_key_kind_check;
alter table keyring.data_key add constraint data_key_kind_check check (kind in (1, 2, 3, 5, 6, 7));
