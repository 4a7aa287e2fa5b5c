-- Who may touch what of the counts. The login peersupport_stats is made by DatabaseSetup before this runs; it owns nothing.
-- Its whole right is: published bands, for an active coordinator, and four figures about peers and training.

grant usage on schema public to peersupport_stats;

-- Counters go up through one function only: whoever closes a case cannot read the counts. The period comes from the
-- calendar, which was fixed before the day began. The rows are locked in the order of the measures, the same for
-- everybody, so two closings never wait for each other in a circle. In plpgsql, whose plans are kept: planning it anew
-- would cost more than doing it.
drop function tally_case(date, text, text, text, text);
create function tally_case(closed_on date, category text, outcome text, waited text, agency text, contacts text) returns void
    language plpgsql security definer set search_path = public, pg_temp
    as $$ begin
        insert into tallies (measure, period_kind, period_start, cell, count)
        select cells.measure, kind.period_kind,
               date_trunc(case kind.period_kind when 1 then 'month' when 2 then 'quarter' else 'year' end, closed_on::timestamp)::date, cells.cell, 1
        from (values (1, category), (2, outcome), (3, waited), (4, agency), (5, contacts)) cells (measure, cell)
        join (select distinct on (c.measure) c.measure, c.period_kind from release_calendar c
              where c.effective_from <= closed_on order by c.measure, c.effective_from desc) kind on kind.measure = cells.measure
        order by cells.measure
        on conflict (measure, period_kind, period_start, cell) do update set count = tallies.count + 1;
    end $$;
revoke execute on function tally_case(date, text, text, text, text, text) from public;
grant execute on function tally_case(date, text, text, text, text, text) to peersupport_board;

-- Since when this installation counts: nothing that began before is published.
insert into reporting_since ("only", day) values (true, date_trunc('year', now())::date);

-- The calendar: changed by administrators, for days to come only. The owner, who migrates, is not bound by this.
grant select, insert, delete on release_calendar to peersupport_accounts;
grant select on release_calendar to peersupport_jobs;
alter table release_calendar enable row level security;
create policy everybody_reads on release_calendar for select using (true);
create policy accounts_choose on release_calendar for insert to peersupport_accounts with check (effective_from > current_date);
create policy accounts_take_back on release_calendar for delete to peersupport_accounts using (effective_from > current_date);

-- Jobs: publish once, and delete the raw counts in the same transaction.
grant select, delete on tallies to peersupport_jobs;
grant select on reporting_since, situation_categories, releases, published_bands to peersupport_jobs;
grant insert on releases, published_bands to peersupport_jobs;
-- The errands bind the owner too; lifted for this one row.
alter table errands no force row level security;
insert into errands (id, kind, subject_id, step, due_at)
    values ('e0000000-0000-4000-8000-000000000006', 6, 'e0000000-0000-4000-8000-000000000006', 0, now());
alter table errands force row level security;

-- Stats.
create function app_roles(person uuid) returns int[]
    language sql stable security definer set search_path = public, pg_temp
    as $$ select array(select g.role from role_grants g join people p on p.id = g.person_id and p.active where g.person_id = person) $$;
create function app_is_coordinator() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select 4 = any(app_roles(app_actor())) $$;
-- Of peers and training only; nothing of a case is near.
create function programme_figures(today date) returns table (active_peers int, on_a_break int, training_due int, agencies int)
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select count(*) filter (where peer.on_duty and peer.trained_until >= today)::int,
               count(*) filter (where not peer.on_duty)::int,
               count(*) filter (where peer.trained_until < today + 60)::int,
               (select count(*) from agencies)::int
        from peers peer
        join people p on p.id = peer.person_id and p.active
        join role_grants g on g.person_id = p.id and g.role = 2
        where app_is_coordinator()
    $$;
revoke execute on function app_roles(uuid), app_is_coordinator(), programme_figures(date) from public;
grant execute on function app_roles(uuid), app_is_coordinator(), programme_figures(date) to peersupport_stats;
grant select on releases, published_bands to peersupport_stats;

alter table releases enable row level security;
alter table releases force row level security;
alter table published_bands enable row level security;
alter table published_bands force row level security;
create policy stats_reads on releases for select to peersupport_stats using (app_is_coordinator());
create policy stats_reads on published_bands for select to peersupport_stats using (app_is_coordinator());
create policy jobs_read on releases for select to peersupport_jobs using (app_job());
create policy jobs_read on published_bands for select to peersupport_jobs using (app_job());
create policy jobs_publish on releases for insert to peersupport_jobs with check (app_job());
create policy jobs_publish on published_bands for insert to peersupport_jobs with check (app_job());

-- What is out is out: a second version of a table would let the two be subtracted. Not even the owner changes one.
create function refuse_republishing() returns trigger language plpgsql
    as $$ begin raise exception 'A published table is never changed.' using errcode = 'PS001'; end $$;
create trigger never_changed before update or delete or truncate on releases for each statement execute function refuse_republishing();
create trigger never_changed before update or delete or truncate on published_bands for each statement execute function refuse_republishing();
