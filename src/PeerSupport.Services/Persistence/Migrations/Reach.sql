-- Who may touch what of agencies, accounts, channels and waves. Two locks, as before: grants first, row-level security second.

-- Accounts: how one signs in, and what administrators keep. Still no right on any case table.
grant select, insert, update on invitations, alert_plans to peersupport_accounts;
grant select, insert, update, delete on recovery_codes, known_devices to peersupport_accounts;
grant select, insert on approvals, security_log to peersupport_accounts;
grant select, insert, update, delete on units, crisis_lines, alert_channels, practice_alerts to peersupport_accounts;
grant select, insert on training_records to peersupport_accounts;
grant update on situation_categories to peersupport_accounts;
grant insert, update on situation_types to peersupport_accounts;
grant insert on messages, errands to peersupport_accounts;
create policy accounts_tell on messages for insert to peersupport_accounts
    with check (kind between 19 and 26 and track_id is null and alert_id is null and case_id is null and link_id is null and clinician_id is null);
create policy accounts_leave on errands for insert to peersupport_accounts with check (kind = 8 and case_id is null);

-- Board: who may be offered a case, and how a peer is reached.
grant select on units, alert_plans to peersupport_board;
grant select (person_id, kind, taken_at, refused_at) on alert_channels to peersupport_board;
grant update (hand_backs) on peers to peersupport_board;
revoke update (on_duty) on peers from peersupport_board;
grant update (wave, next_wave_at) on support_cases to peersupport_board;

-- Open cases: of the peer's own agency, and of those of its region where both share peers.
drop policy board_reads on support_cases;
create policy board_reads on support_cases for select to peersupport_board
    using (
        psychologist_id = app_actor()
        or holder_id = app_actor()
        or (status = 1
            and exists (select from people me
                        join role_grants g on g.person_id = me.id and g.role = 2
                        join agencies mine on mine.id = me.agency_id
                        join agencies theirs on theirs.id = support_cases.agency_id
                        where me.id = app_actor() and me.active
                          and (mine.id = theirs.id or (mine.region_id = theirs.region_id and mine.shares_peers and theirs.shares_peers)))
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = app_actor())));
-- The one open case whose next wave this transaction of its psychologist sends out: without this she could change any
-- open case of hers by one statement.
create function app_widening() returns uuid language sql stable
    as $$ select nullif(current_setting('app.widening', true), '')::uuid $$;
-- Changed by who holds it; by a peer who may see it open; by its psychologist when she widens it, and once the holder
-- cannot act any more. Only a peer can hold it.
drop policy board_changes on support_cases;
create policy board_changes on support_cases for update to peersupport_board
    using (
        holder_id = app_actor()
        or (status = 1
            and exists (select from people me
                        join role_grants g on g.person_id = me.id and g.role = 2
                        join agencies mine on mine.id = me.agency_id
                        join agencies theirs on theirs.id = support_cases.agency_id
                        where me.id = app_actor() and me.active
                          and (mine.id = theirs.id or (mine.region_id = theirs.region_id and mine.shares_peers and theirs.shares_peers)))
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = app_actor()))
        or (status = 1 and psychologist_id = app_actor() and id = app_widening())
        or (status = 2 and psychologist_id = app_actor()
            and not exists (select from people h join role_grants g on g.person_id = h.id and g.role = 2
                            where h.id = holder_id and h.active)))
    with check (
        (holder_id = app_actor() and exists (select from role_grants g where g.person_id = app_actor() and g.role = 2))
        or (holder_id is null and status = 1));

-- Jobs: waves, mail, push and gateway. Coded fields of cases; no ciphertext.
grant select on support_cases, recusals, peers, alert_plans, alert_channels, invitations to peersupport_jobs;
grant update (status, holder_id, accepted_at, wave, next_wave_at) on support_cases to peersupport_jobs;
grant update (held, hand_backs) on peers to peersupport_jobs;
grant insert on deliveries, recusals to peersupport_jobs;
grant insert, update (taken_at, refused_at), delete on alert_channels to peersupport_jobs;
grant select, delete on practice_alerts to peersupport_jobs;

create policy jobs_read on support_cases for select to peersupport_jobs using (app_job());
create policy jobs_widen on support_cases for update to peersupport_jobs using (app_job());
create policy jobs_read on recusals for select to peersupport_jobs using (app_job());
create policy jobs_add on recusals for insert to peersupport_jobs with check (app_job());
create policy jobs_add on deliveries for insert to peersupport_jobs with check (app_job());

-- What the coordinator reads of the programme: training and availability only. Now that peers can take a break, it counts
-- breaks, and who merely is off duty tonight is no part of it.
create or replace function programme_figures(today date) returns table (active_peers int, on_a_break int, training_due int, agencies int)
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select count(*) filter (where peer.on_duty and peer.trained_until >= today and not paused)::int,
               count(*) filter (where paused)::int,
               count(*) filter (where peer.trained_until < today + 60)::int,
               (select count(*) from agencies)::int
        from peers peer
        cross join lateral (select coalesce((peer.paused_until at time zone 'UTC')::date > today, false) as paused) pause
        join people p on p.id = peer.person_id and p.active
        join role_grants g on g.person_id = p.id and g.role = 2
        where app_is_coordinator()
    $$;

-- The one errand that is always there: every day, remind peers whose training ends soon.
alter table errands no force row level security;
insert into errands (id, kind, subject_id, step, due_at)
    values ('e0000000-0000-4000-8000-000000000009', 9, 'e0000000-0000-4000-8000-000000000009', 0, now());
alter table errands force row level security;

-- Many boards in one call, each read as its own peer: what row-level security reads is set anew for every one of them, so
-- nobody's board is read with another's eyes. Runs with the caller's rights. One row per open (1), held (2) and lately
-- covered (3) case; "waiting" is how many are open to this peer beyond what fits the page.
create function boards_of(asking uuid[], most int, covered_since timestamptz) returns table (
        peer uuid, what int, case_id uuid, situation_type_id int, level int, urgency int, wanted_tags int[], handle_first smallint, handle_second smallint,
        posted_at timestamptz, changed_at timestamptz, contact_days date[], waiting bigint)
    language plpgsql volatile set search_path = public, pg_temp
    as $$
    declare one uuid;
    begin
        foreach one in array asking loop
            perform set_config('app.actor', one::text, true);
            return query
                select one, 1, c.id, c.situation_type_id, c.level, c.urgency, c.wanted_tags, c.handle_first, c.handle_second, c.posted_at, null::timestamptz, null::date[], count(*) over ()
                from support_cases c
                where c.status = 1 and c.psychologist_id <> one
                    and not exists (select from deliveries d where d.case_id = c.id and d.peer_id = one and d.declined_at is not null)
                order by c.posted_at desc, c.id limit most;
            return query
                select one, 2, c.id, c.situation_type_id, c.level, c.urgency, c.wanted_tags, c.handle_first, c.handle_second, c.posted_at, c.accepted_at, c.contact_days, 0::bigint
                from support_cases c where c.holder_id = one order by c.accepted_at desc;
            return query
                select one, 3, d.case_id, 0, 0, 0, null::int[], d.handle_first, d.handle_second, d.due_at, d.covered_at, null::date[], 0::bigint
                from deliveries d where d.peer_id = one and d.channel = 1 and d.covered_at > covered_since and d.declined_at is null
                order by d.covered_at desc limit 5;
        end loop;
        perform set_config('app.actor', '', true);
    end $$;
revoke execute on function boards_of(uuid[], int, timestamptz) from public;
grant execute on function boards_of(uuid[], int, timestamptz) to peersupport_board;

-- Roles by two. The login of the accounts can take a role away, and can give none by itself: only decide_approval() does,
-- once a second person has said yes. So one administrator's session makes nobody a peer alone. Whoever has the login itself
-- can say who is asking, and with it speak for two people: this lock is against the app's own mistakes, not against that.
revoke insert, update on role_grants from peersupport_accounts;

-- Which roles one account may hold beside each other, as pairs; the same as Roles.MayGoTogether.
create function roles_may_go_together(one int, other int) returns boolean language sql immutable
    as $$ select one = other or (one, other) in ((4, 5), (5, 4)) $$;

-- Holds for the owner too, and for two grants at the same moment: the person's row is locked first. A superuser, who
-- could take the trigger off, is not held to it.
create function refuse_roles_that_clash() returns trigger language plpgsql set search_path = public, pg_temp
    as $$ begin
        if (select r.rolsuper from pg_roles r where r.rolname = session_user) then return new; end if;
        perform from people p where p.id = new.person_id for no key update;
        if exists (select from role_grants g where g.person_id = new.person_id and not roles_may_go_together(g.role, new.role)) then
            raise exception 'These roles may not be held by one person.' using errcode = 'PS002';
        end if;
        return new;
    end $$;
create trigger roles_go_together before insert or update on role_grants for each row execute function refuse_roles_that_clash();

-- Requests: written undecided, in the name of whoever asks, who keeps the accounts. Nobody changes one; deciding is below.
alter table approvals enable row level security;
create policy accounts_read on approvals for select to peersupport_accounts using (true);
create policy accounts_ask on approvals for insert to peersupport_accounts
    with check (decided_by is null and decided_at is null and granted is null and requested_by = app_actor()
        and exists (select from role_grants g join people p on p.id = g.person_id and p.active where g.person_id = app_actor() and g.role = 5));

-- A second person's yes or no: an active administrator, or an active psychologist of the person's own agency; never who
-- asked, never the person. Who asked must still keep the accounts when it is granted. Answers 'done' or why not.
create function decide_approval(request uuid, yes boolean, at timestamptz) returns text
    language plpgsql security definer set search_path = public, pg_temp
    as $$ declare asked approvals%rowtype; begin
        select * into asked from approvals a where a.id = request for update;
        if not found then return 'not-found'; end if;
        if asked.granted is not null then return 'decided'; end if;
        if asked.requested_by = app_actor() then return 'asked-it'; end if;
        if asked.person_id = app_actor() then return 'own'; end if;
        if not exists (select from people me join role_grants g on g.person_id = me.id
                       where me.id = app_actor() and me.active
                         and (g.role = 5 or (g.role = 1 and me.agency_id = (select p.agency_id from people p where p.id = asked.person_id))))
            then return 'not-found'; end if;
        if yes and not exists (select from people p join role_grants g on g.person_id = p.id and g.role = 5 where p.id = asked.requested_by and p.active)
            then return 'asker-gone'; end if;
        perform from people p where p.id = asked.person_id for no key update;
        if yes and asked.kind = 1 then
            if exists (select from role_grants g where g.person_id = asked.person_id and not roles_may_go_together(g.role, asked.role)) then return 'clash'; end if;
            insert into role_grants (person_id, role) values (asked.person_id, asked.role) on conflict do nothing;
        end if;
        update approvals a set decided_by = app_actor(), decided_at = at, granted = yes where a.id = request;
        return 'done';
    end $$;
revoke execute on function decide_approval(uuid, boolean, timestamptz) from public;
grant execute on function decide_approval(uuid, boolean, timestamptz) to peersupport_accounts;

-- Timed work for the operations page: kind, how many, the oldest; no ids. Of what belongs to a case or a track only what
-- is late is counted: how many are on time would say how many cases there are. The owner is bound by row security too, so
-- the function says that it counts.
create policy counted on errands for select to current_user using (current_setting('app.counting', true) = 'timed work');
create function timed_work(late timestamptz) returns table (kind int, waiting int, oldest timestamptz)
    language plpgsql security definer set search_path = public, pg_temp
    as $$ begin
        perform set_config('app.counting', 'timed work', true);
        return query select e.kind, count(*)::int, min(e.due_at) from errands e where e.kind in (5, 6, 9) or e.due_at < late group by e.kind;
        perform set_config('app.counting', '', true);
    end $$;
revoke execute on function timed_work(timestamptz) from public;
grant execute on function timed_work(timestamptz) to peersupport_accounts;
