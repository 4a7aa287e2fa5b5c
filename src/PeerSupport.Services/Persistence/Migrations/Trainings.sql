-- A training that was entered wrongly is taken back and stays to be seen. Nothing else about it ever changes.
alter table training_records add column withdrawn_at timestamp with time zone;
alter table training_records add column withdrawn_by uuid;
alter table training_records add constraint ck_training_records_withdrawn check ((withdrawn_at is null) = (withdrawn_by is null));
grant update (withdrawn_at, withdrawn_by) on training_records to peersupport_accounts;
