-- 6: the 32 bytes are the seed of the key that signs states of audit logs. It hangs from the events chain, which the query
-- side has. 5 is the seed that signs certificates, from the other chain.
alter table keyring.data_key drop constraint data_key_kind_check;
alter table keyring.data_key add constraint data_key_kind_check check (kind in (1, 2, 3, 5, 6));
