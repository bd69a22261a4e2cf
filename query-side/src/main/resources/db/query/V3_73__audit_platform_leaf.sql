-- The leaves of the platform's log, in its order: leaf n is that of position n + 1.
create index audit_leaf_of_platform on view.audit_leaf (position) where item = 0;
