-- What a replay found, signed, as it is kept outside; and how often one went on after its server had ended.
alter table view.replay add column report text;
alter table view.replay add column days jsonb not null default '[]';
alter table view.replay add column resumed integer not null default 0;
comment on column view.replay.report is 'Signed note that tells the outcome; absent while it runs';
comment on column view.replay.days is 'Digests by day, live and replayed';
