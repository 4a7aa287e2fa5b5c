-- Who may touch what. Two locks: grants (first), forced row-level security (second).
-- The logins are made by DatabaseSetup before this runs; none of them owns anything.

-- The actor of this transaction, set with set_config('app.actor', …, true). After a commit the setting is '' and not
-- null, hence nullif. Without it every protected table is empty.
create function app_actor() returns uuid language sql stable
    as $$ select nullif(current_setting('app.actor', true), '')::uuid $$;

-- True inside a background job's transaction. Honoured only in policies of the jobs role.
create function app_job() returns boolean language sql stable
    as $$ select nullif(current_setting('app.job', true), '') is not null $$;

grant usage on schema public to peersupport_accounts, peersupport_board, peersupport_reveal, peersupport_jobs;

-- Accounts: sign-in, sessions, people. No right on any case table.
grant select, insert, update, delete on accounts, account_claims, account_logins, account_tokens, account_passkeys,
    sessions, passkey_challenges, data_protection_keys, role_grants to peersupport_accounts;
grant select, insert, update on people, peers, agencies, regions, disclaimer_versions to peersupport_accounts;
grant select on sealing_runs, situation_categories, situation_types to peersupport_accounts;
grant usage on all sequences in schema public to peersupport_accounts;

-- Board: the life of a case, without the officer in it.
grant select on people, role_grants, peers, agencies, regions, disclaimer_versions, situation_categories, situation_types,
    posted_counts to peersupport_board;
grant update (held, on_duty) on peers to peersupport_board;
grant select, insert, delete on support_cases to peersupport_board;
grant update (status, holder_id, accepted_at, contact_days) on support_cases to peersupport_board;
grant select, insert on recusals to peersupport_board;
grant select, insert, update on deliveries to peersupport_board;
grant insert on sealed_identities to peersupport_board;
grant insert, delete on case_drafts to peersupport_board;
grant select (psychologist_id, saved_at) on case_drafts to peersupport_board;

-- Reveal: reads one sealed identity; can change nothing at all.
grant select on support_cases, sealed_identities, case_drafts, people, role_grants, agencies, disclaimer_versions
    to peersupport_reveal;

-- Jobs: addresses and delivery rows, wrapped keys, no ciphertext.
grant select (id, email) on accounts to peersupport_jobs;
grant select on people, role_grants to peersupport_jobs;
grant select, update on deliveries to peersupport_jobs;
grant select (case_id, key_epoch, wrapped_key), update (key_epoch, wrapped_key) on sealed_identities to peersupport_jobs;
grant select (psychologist_id, draft_id, key_epoch, wrapped_key), update (key_epoch, wrapped_key) on case_drafts to peersupport_jobs;
grant select, insert, update on sealing_runs to peersupport_jobs;
grant select (month), delete on posted_counts to peersupport_jobs;

alter table support_cases enable row level security;
alter table support_cases force row level security;
alter table recusals enable row level security;
alter table recusals force row level security;
alter table deliveries enable row level security;
alter table deliveries force row level security;
alter table sealed_identities enable row level security;
alter table sealed_identities force row level security;
alter table case_drafts enable row level security;
alter table case_drafts force row level security;

-- Recusals: a peer's row may be read on that peer's behalf (to keep them away), never another's.
create policy board_reads on recusals for select to peersupport_board
    using (peer_id = app_actor() or posted_by = app_actor());
create policy board_writes on recusals for insert to peersupport_board
    with check (posted_by = app_actor() or (peer_id = app_actor() and kind = 2));

-- Support cases: the psychologist's own, the held one, and the open ones of the region for a peer who is not recused.
create policy board_reads on support_cases for select to peersupport_board
    using (
        psychologist_id = app_actor()
        or holder_id = app_actor()
        or (status = 1
            and exists (select from people me
                        join role_grants g on g.person_id = me.id and g.role = 2
                        join agencies a on a.id = me.agency_id
                        where me.id = app_actor() and me.active and a.region_id = support_cases.region_id)
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = app_actor())));
create policy board_posts on support_cases for insert to peersupport_board
    with check (
        psychologist_id = app_actor() and status = 1
        and exists (select from role_grants g where g.person_id = app_actor() and g.role = 1));
-- Changed by who holds it; by a peer who may see it open; by its psychologist once the holder cannot act any more. An
-- UPDATE that reads nothing is not held to the policy above, so this one says it all again.
create policy board_changes on support_cases for update to peersupport_board
    using (
        holder_id = app_actor()
        or (status = 1
            and exists (select from people me
                        join role_grants g on g.person_id = me.id and g.role = 2
                        join agencies a on a.id = me.agency_id
                        where me.id = app_actor() and me.active and a.region_id = support_cases.region_id)
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = app_actor()))
        or (status = 2 and psychologist_id = app_actor()
            and not exists (select from people h join role_grants g on g.person_id = h.id and g.role = 2
                            where h.id = holder_id and h.active)))
    with check (holder_id = app_actor() or (holder_id is null and status = 1));
create policy board_burns on support_cases for delete to peersupport_board
    using (holder_id = app_actor() or (psychologist_id = app_actor() and status = 1));
create policy reveal_reads on support_cases for select to peersupport_reveal
    using ((holder_id = app_actor() and status = 2) or psychologist_id = app_actor());

-- Deliveries: one's own, those of one's own posts, and (to tell the others "covered") those of the held case.
create policy board_reads on deliveries for select to peersupport_board
    using (peer_id = app_actor() or posted_by = app_actor()
           or exists (select from support_cases c where c.id = case_id and c.holder_id = app_actor()));
create policy board_writes on deliveries for insert to peersupport_board
    with check (peer_id = app_actor() or posted_by = app_actor());
create policy board_changes on deliveries for update to peersupport_board
    using (peer_id = app_actor() or posted_by = app_actor()
           or exists (select from support_cases c where c.id = case_id and c.holder_id = app_actor()));
create policy jobs_read on deliveries for select to peersupport_jobs using (app_job());
create policy jobs_change on deliveries for update to peersupport_jobs using (app_job());

-- Sealed identities: written with the post, read only through the reveal role's own view of support_cases.
create policy board_seals on sealed_identities for insert to peersupport_board
    with check (exists (select from support_cases c where c.id = case_id and c.psychologist_id = app_actor()));
create policy reveal_reads on sealed_identities for select to peersupport_reveal
    using (exists (select from support_cases c where c.id = case_id));
create policy jobs_read on sealed_identities for select to peersupport_jobs using (app_job());
create policy jobs_rewrap on sealed_identities for update to peersupport_jobs using (app_job());

-- Drafts: the psychologist's own.
create policy board_reads on case_drafts for select to peersupport_board using (psychologist_id = app_actor());
create policy board_saves on case_drafts for insert to peersupport_board with check (psychologist_id = app_actor());
create policy board_burns on case_drafts for delete to peersupport_board using (psychologist_id = app_actor());
create policy reveal_reads on case_drafts for select to peersupport_reveal using (psychologist_id = app_actor());
create policy jobs_read on case_drafts for select to peersupport_jobs using (app_job());
create policy jobs_rewrap on case_drafts for update to peersupport_jobs using (app_job());

-- Counters go up through these two functions only: whoever closes a case cannot read the counts.
create function tally_case(quarter date, category text, outcome text, waited text, agency text) returns void
    language sql security definer set search_path = public, pg_temp
    as $$
        insert into tallies (measure, period, cell, count)
        values (1, quarter, category, 1), (2, quarter, outcome, 1), (3, quarter, waited, 1), (4, quarter, agency, 1)
        on conflict (measure, period, cell) do update set count = tallies.count + 1
    $$;
create function count_post(region uuid, situation int, month_start date) returns void
    language sql security definer set search_path = public, pg_temp
    as $$
        insert into posted_counts (region_id, situation_type_id, month, count) values (region, situation, month_start, 1)
        on conflict (region_id, situation_type_id, month) do update set count = posted_counts.count + 1
    $$;
revoke execute on function tally_case(date, text, text, text, text), count_post(uuid, int, date) from public;
grant execute on function tally_case(date, text, text, text, text), count_post(uuid, int, date) to peersupport_board;
