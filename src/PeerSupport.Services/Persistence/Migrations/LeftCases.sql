-- Who shares peers with whom, said once; the steps of a case's ladder, in order only; and cases whose psychologist is gone.

-- An agency, and where it shares peers those of its region that share too. It goes both ways: whose peers may take its cases,
-- and whose cases its peers may take. Asked for every row of thousands of boards at once, so it must melt into the query that
-- asks: one plain select, with the asker's rights and no settings of its own, called after "from".
create function partners_of(agency uuid) returns setof uuid language sql stable
    as $$
        select theirs.id from agencies mine
        join agencies theirs on theirs.id = mine.id or (theirs.region_id = mine.region_id and theirs.shares_peers and mine.shares_peers)
        where mine.id = agency
    $$;

-- The same two policies as before, with that function in them.
drop policy board_reads on support_cases;
create policy board_reads on support_cases for select to peersupport_board
    using (
        psychologist_id = app_actor()
        or holder_id = app_actor()
        or (status = 1
            and exists (select from people me
                        join role_grants g on g.person_id = me.id and g.role = 2
                        cross join partners_of(me.agency_id) partner
                        where me.id = app_actor() and me.active and partner = support_cases.agency_id)
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = app_actor())));
drop policy board_changes on support_cases;
create policy board_changes on support_cases for update to peersupport_board
    using (
        holder_id = app_actor()
        or (status = 1
            and exists (select from people me
                        join role_grants g on g.person_id = me.id and g.role = 2
                        cross join partners_of(me.agency_id) partner
                        where me.id = app_actor() and me.active and partner = support_cases.agency_id)
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = app_actor()))
        or (status = 1 and psychologist_id = app_actor() and id = app_widening())
        or (status = 2 and psychologist_id = app_actor()
            and not exists (select from people h join role_grants g on g.person_id = h.id and g.role = 2
                            where h.id = holder_id and h.active)))
    with check (
        (holder_id = app_actor() and exists (select from role_grants g where g.person_id = app_actor() and g.role = 2))
        or (holder_id is null and status = 1));

-- A peer who sees an open case may take it, and so may change its row: never how far it has been alerted. In the board's
-- login a step changes when its psychologist widens the case, and as part of an accept (no next step) or of giving it back
-- (from the first step on). The jobs have a login of their own.
create function refuse_steps_out_of_order() returns trigger language plpgsql set search_path = public, pg_temp
    as $$ begin
        if current_user <> 'peersupport_board'
            or (new.id = app_widening() and new.psychologist_id = app_actor() and new.status = old.status)
            or (old.status = 1 and new.status = 2 and new.wave = old.wave and new.next_wave_at is null)
            or (old.status = 2 and new.status = 1 and new.wave = 0 and new.next_wave_at is not null) then
            return new;
        end if;
        raise exception 'A step of a case is not changed out of its order.' using errcode = 'PS003';
    end $$;
create trigger steps_in_order before update on support_cases for each row
    when (old.wave is distinct from new.wave or old.next_wave_at is distinct from new.next_wave_at)
    execute function refuse_steps_out_of_order();
