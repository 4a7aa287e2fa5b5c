-- Who may touch what of a hand-off. Two locks, as before: grants first, forced row-level security second.
-- The login peersupport_tracks is made by DatabaseSetup before this runs; it owns nothing and has no right on a support case.

-- Three more contexts, each set with set_config(…, true) for one transaction.
-- A clinician without an account, who came by a link:
create function app_link() returns uuid language sql stable
    as $$ select nullif(current_setting('app.link', true), '')::uuid $$;
-- An officer, who entered the code of their copy (its keyed hash, in hex):
create function app_receipt() returns bytea language sql stable
    as $$ select decode(nullif(current_setting('app.receipt', true), ''), 'hex') $$;
-- The one track that this transaction passes on, already locked by it: without this the new row would have to be
-- visible to the clinician who has just given it away.
create function app_passing_on() returns uuid language sql stable
    as $$ select nullif(current_setting('app.passing_on', true), '')::uuid $$;

grant usage on schema public to peersupport_tracks;

-- Accounts: the directory, kept by psychologist and administrator.
grant select, insert, update on clinicians to peersupport_accounts;

-- Board: hands on and burns in one transaction; afterwards sees whether it was taken, and no more. Alarms and on-call.
grant insert on formal_tracks, track_facts, track_events, hand_off_links, errands, messages to peersupport_board;
grant select (id, opened_by, steward_id, opened_at, acknowledged_at, declined_at) on formal_tracks to peersupport_board;
grant select on clinicians to peersupport_board;
grant select, insert on danger_alerts to peersupport_board;
grant update (acknowledged_by, acknowledged_at) on danger_alerts to peersupport_board;
grant select (alert_id, person_id, state) on messages to peersupport_board;
grant select, insert, update, delete on on_call to peersupport_board;

-- Tracks: state and record; entries are added and never changed by anybody.
grant select on people, role_grants, agencies, regions, clinicians, track_facts, retention_runs to peersupport_tracks;
grant select on formal_tracks to peersupport_tracks;
grant update (state, steward_id, clinician_id, referred_at, acknowledged_at, declined_at, ended_at, consent_withdrawn_at, next_appointment_at,
    legal_hold, entry_count, head_mark) on formal_tracks to peersupport_tracks;
grant update (officer_code_hash, officer_code_print, officer_code_kept_at) on formal_tracks to peersupport_tracks;
grant select, insert on track_events to peersupport_tracks;
grant select, insert on hand_off_links to peersupport_tracks;
grant update (steward_id, wrong_codes, opened_at, spent_at) on hand_off_links to peersupport_tracks;
grant insert on errands to peersupport_tracks;
grant select, insert on messages to peersupport_tracks;
grant select, insert, update on track_settings to peersupport_tracks;

-- Jobs: ladders, mails, rewrapping, destroying what is past its time. No ciphertext.
grant select (id, email, phone, person_id, name, last_verified) on clinicians to peersupport_jobs;
grant select on formal_tracks, track_events, hand_off_links, danger_alerts, on_call, track_settings, agencies to peersupport_jobs;
grant update (entry_count, head_mark) on formal_tracks to peersupport_jobs;
grant insert on track_events to peersupport_jobs;
grant delete on formal_tracks, danger_alerts to peersupport_jobs;
grant select (track_id, key_epoch, wrapped_key), update (key_epoch, wrapped_key) on track_facts to peersupport_jobs;
grant select, insert, update, delete on errands, messages to peersupport_jobs;
grant select, insert, update on retention_runs to peersupport_jobs;

-- The one errand that is always there: every day, destroy the tracks that are past their time.
insert into errands (id, kind, subject_id, step, due_at)
    values ('e0000000-0000-4000-8000-000000000005', 5, 'e0000000-0000-4000-8000-000000000005', 0, now());

alter table formal_tracks enable row level security;
alter table formal_tracks force row level security;
alter table track_facts enable row level security;
alter table track_facts force row level security;
alter table track_events enable row level security;
alter table track_events force row level security;
alter table hand_off_links enable row level security;
alter table hand_off_links force row level security;
alter table danger_alerts enable row level security;
alter table danger_alerts force row level security;
alter table on_call enable row level security;
alter table on_call force row level security;
alter table errands enable row level security;
alter table errands force row level security;
alter table messages enable row level security;
alter table messages force row level security;
alter table track_settings enable row level security;
alter table track_settings force row level security;
alter table retention_runs enable row level security;
alter table retention_runs force row level security;

-- Support cases: the psychologist may also burn one that a peer holds, by handing it on.
drop policy board_burns on support_cases;
create policy board_burns on support_cases for delete to peersupport_board
    using (holder_id = app_actor() or psychologist_id = app_actor());

-- Formal tracks. The psychologist responsible; the clinician it is handed to, until they decline; by link; by the officer's code.
create policy board_opens on formal_tracks for insert to peersupport_board
    with check (opened_by = app_actor() and state in (1, 2) and ended_at is null);
create policy board_reads on formal_tracks for select to peersupport_board using (opened_by = app_actor());
-- For reading and changing alike (the login may neither insert nor delete): a change without a context changes nothing.
create policy tracks_sees on formal_tracks for all to peersupport_tracks
    using (
        steward_id = app_actor()
        or (declined_at is null and exists (select from clinicians c where c.id = clinician_id and c.person_id = app_actor()))
        or exists (select from hand_off_links l where l.id = app_link() and l.track_id = formal_tracks.id and l.clinician_id = formal_tracks.clinician_id)
        or officer_code_hash = app_receipt()
        or id = app_passing_on()
        -- left by its psychologist: those of the same agency see it, to take it over
        or (exists (select from people me join role_grants g on g.person_id = me.id and g.role = 1
                    where me.id = app_actor() and me.active and me.agency_id = formal_tracks.agency_id)
            and not exists (select from people s join role_grants g on g.person_id = s.id and g.role = 1 where s.id = steward_id and s.active)));
create policy jobs_read on formal_tracks for select to peersupport_jobs using (app_job());
create policy jobs_change on formal_tracks for update to peersupport_jobs using (app_job());
create policy jobs_destroy on formal_tracks for delete to peersupport_jobs using (app_job() and ended_at is not null and not legal_hold);

-- The agreed facts: the clinician who is asked or has taken it, while consent stands, and after the officer ended it only
-- if they had taken it; the link, until it is spent; after an exception the psychologist, until a clinician is chosen.
-- Nobody else, not even who handed on.
create policy board_seals on track_facts for insert to peersupport_board
    with check (exists (select from formal_tracks t where t.id = track_id and t.opened_by = app_actor()));
create policy tracks_reads on track_facts for select to peersupport_tracks
    using (exists (
        select from formal_tracks t where t.id = track_id and t.consent_withdrawn_at is null and (
            (t.declined_at is null
             and (t.state in (2, 4, 5, 6, 7) or exists (
                 select from track_events e where e.track_id = t.id and e.kind = 3 and e.clinician_id = t.clinician_id and e.at >= t.referred_at))
             and exists (select from clinicians c where c.id = t.clinician_id and c.person_id = app_actor()))
            or (t.state = 1 and t.steward_id = app_actor())
            or (t.state = 2 and exists (select from hand_off_links l where l.id = app_link() and l.track_id = t.id and l.spent_at is null)))));
create policy jobs_read on track_facts for select to peersupport_jobs using (app_job());
create policy jobs_rewrap on track_facts for update to peersupport_jobs using (app_job());

-- The record: whoever sees the track sees its entries and may add to them (what they may add is the use case's to say).
create policy board_begins on track_events for insert to peersupport_board
    with check (actor_id = app_actor() and exists (select from formal_tracks t where t.id = track_id and t.opened_by = app_actor()));
create policy tracks_reads on track_events for select to peersupport_tracks
    using (exists (select from formal_tracks t where t.id = track_id));
create policy tracks_adds on track_events for insert to peersupport_tracks
    with check (actor_id is not distinct from app_actor() and exists (select from formal_tracks t where t.id = track_id));
create policy jobs_read on track_events for select to peersupport_jobs using (app_job());
create policy jobs_adds on track_events for insert to peersupport_jobs with check (app_job() and actor_id is null and party = 6);

-- Links: made with the hand-off; read by the psychologist (who tells the code) and by the link itself.
create policy board_issues on hand_off_links for insert to peersupport_board
    with check (exists (select from formal_tracks t where t.id = track_id and t.opened_by = app_actor()));
create policy tracks_reads on hand_off_links for select to peersupport_tracks
    using (steward_id = app_actor() or id = app_link() or track_id = app_passing_on());
create policy tracks_issues on hand_off_links for insert to peersupport_tracks
    with check (exists (select from formal_tracks t where t.id = track_id));
create policy tracks_changes on hand_off_links for update to peersupport_tracks
    using (steward_id = app_actor() or id = app_link() or track_id = app_passing_on());
create policy jobs_read on hand_off_links for select to peersupport_jobs using (app_job());

-- Alarms: who raised it, and the psychologists of the region.
create policy board_raises on danger_alerts for insert to peersupport_board
    with check (raised_by = app_actor() and acknowledged_by is null);
create policy board_reads on danger_alerts for select to peersupport_board
    using (raised_by = app_actor()
           or exists (select from people me join role_grants g on g.person_id = me.id and g.role = 1 join agencies a on a.id = me.agency_id
                      where me.id = app_actor() and me.active and a.region_id = danger_alerts.region_id));
create policy board_answers on danger_alerts for update to peersupport_board
    using (acknowledged_by is null
           and exists (select from people me join role_grants g on g.person_id = me.id and g.role = 1 join agencies a on a.id = me.agency_id
                       where me.id = app_actor() and me.active and a.region_id = danger_alerts.region_id))
    with check (acknowledged_by = app_actor());
create policy jobs_read on danger_alerts for select to peersupport_jobs using (app_job());
create policy jobs_forget on danger_alerts for delete to peersupport_jobs using (app_job() and acknowledged_by is not null);

-- On call: everybody signed in may read the number; a psychologist puts themselves on and off.
create policy board_reads on on_call for select to peersupport_board using (app_actor() is not null);
create policy board_goes_on on on_call for insert to peersupport_board
    with check (person_id = app_actor() and exists (
        select from people me join role_grants g on g.person_id = me.id and g.role = 1
        where me.id = app_actor() and me.active and me.agency_id = on_call.agency_id));
create policy board_changes on on_call for update to peersupport_board using (person_id = app_actor()) with check (person_id = app_actor());
create policy board_goes_off on on_call for delete to peersupport_board using (person_id = app_actor());
create policy jobs_read on on_call for select to peersupport_jobs using (app_job());

-- Timed work and mails: anybody's transaction may leave some behind; only the jobs see it. A check-in is one's own.
create policy board_leaves on errands for insert to peersupport_board with check (kind <> 3 or subject_id = app_actor());
create policy tracks_leaves on errands for insert to peersupport_tracks with check (kind = 1);
create policy jobs_work on errands for all to peersupport_jobs using (app_job()) with check (app_job());
create policy board_leaves on messages for insert to peersupport_board with check (app_actor() is not null);
create policy board_counts on messages for select to peersupport_board
    using (exists (select from danger_alerts a where a.id = alert_id and a.raised_by = app_actor()));
create policy tracks_leaves on messages for insert to peersupport_tracks with check (exists (select from formal_tracks t where t.id = track_id));
-- A psychologist tells the others of the agency that she changed how long tracks are kept (kind 15), and nobody else.
create policy tracks_tells on messages for insert to peersupport_tracks
    with check (kind = 15 and track_id is null and alert_id is null and link_id is null and clinician_id is null
                and exists (select from people me join role_grants g on g.person_id = me.id and g.role = 1 join people other on other.agency_id = me.agency_id
                            where me.id = app_actor() and me.active and other.id = messages.person_id));
create policy tracks_reads on messages for select to peersupport_tracks using (exists (select from formal_tracks t where t.id = track_id));
create policy jobs_work on messages for all to peersupport_jobs using (app_job()) with check (app_job());

-- Retention: the psychologists of the agency.
create policy tracks_reads on track_settings for select to peersupport_tracks
    using (exists (select from people me where me.id = app_actor() and me.agency_id = track_settings.agency_id));
create policy tracks_sets on track_settings for insert to peersupport_tracks
    with check (exists (select from people me join role_grants g on g.person_id = me.id and g.role = 1
                        where me.id = app_actor() and me.active and me.agency_id = track_settings.agency_id));
create policy tracks_changes on track_settings for update to peersupport_tracks
    using (exists (select from people me join role_grants g on g.person_id = me.id and g.role = 1
                   where me.id = app_actor() and me.active and me.agency_id = track_settings.agency_id));
create policy jobs_read on track_settings for select to peersupport_jobs using (app_job());
create policy tracks_reads on retention_runs for select to peersupport_tracks
    using (exists (select from people me where me.id = app_actor() and me.agency_id = retention_runs.agency_id));
create policy jobs_write on retention_runs for all to peersupport_jobs using (app_job()) with check (app_job());
