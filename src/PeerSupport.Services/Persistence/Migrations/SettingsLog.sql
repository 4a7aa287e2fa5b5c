-- What administrators changed in settings, from what to what. A line is added with the change, by the administrator who makes
-- it and in their own name; no login may change or remove one. Forced, so that the owner is bound by it, too.
grant select, insert on settings_log to peersupport_accounts;
alter table settings_log enable row level security;
alter table settings_log force row level security;
create policy accounts_read on settings_log for select to peersupport_accounts
    using (exists (select from role_grants g join people p on p.id = g.person_id and p.active where g.person_id = app_actor() and g.role = 5));
create policy accounts_write on settings_log for insert to peersupport_accounts
    with check (actor_id = app_actor()
        and exists (select from role_grants g join people p on p.id = g.person_id and p.active where g.person_id = app_actor() and g.role = 5));

-- A wording that was in use never changes: a new one is added beside it.
revoke update on disclaimer_versions from peersupport_accounts;
