-- A parked record that an operator has given up. The row stays: a replay skips the same position, or its outcome would not
-- be that of the live read model.
alter table view.parked add column discarded_at timestamptz;
alter table view.parked add column discarded_by text;      -- who, as the audit names callers
alter table view.parked add column discarded_because text; -- the operator's words
comment on column view.parked.discarded_at is 'When it was given up; absent while its stream waits for it';
