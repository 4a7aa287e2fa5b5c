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

-- A case is left when its psychologist is no active psychologist of its agency any more. The others of the agency see that it
-- is there, by coded fields through one function, and take it over through another. Both run as the owner, who is bound by row
-- security too: so each says which agency or which case it is about, and sees nothing else.
create function is_psychologist_of(person uuid, agency uuid) returns boolean language sql stable
    as $$ select exists (select from people p join role_grants g on g.person_id = p.id and g.role = 1
                         where p.id = person and p.active and p.agency_id = agency) $$;
create function app_left_in() returns uuid language sql stable
    as $$ select nullif(current_setting('app.left_in', true), '')::uuid $$;
create function app_taking_over() returns uuid language sql stable
    as $$ select nullif(current_setting('app.taking_over', true), '')::uuid $$;
create policy left_behind on support_cases for select to current_user using (agency_id = app_left_in() or id = app_taking_over());
create policy taken_over on support_cases for update to current_user using (id = app_taking_over());
create policy left_behind on deliveries for select to current_user using (case_id = app_taking_over());
create policy taken_over on deliveries for update to current_user using (case_id = app_taking_over());
create policy left_behind on recusals for select to current_user using (case_id = app_taking_over());
create policy taken_over on recusals for update to current_user using (case_id = app_taking_over());

-- For an active psychologist: what is left in her agency. Nobody's name, and no wish that narrows down whom it is about.
create function left_cases() returns table (case_id uuid, handle_first smallint, handle_second smallint, situation_type_id int, posted_at timestamptz, held boolean)
    language plpgsql security definer set search_path = public, pg_temp
    as $$ declare mine uuid := (select p.agency_id from people p where p.id = app_actor()); begin
        if mine is null or not is_psychologist_of(app_actor(), mine) then return; end if;
        perform set_config('app.left_in', mine::text, true);
        return query
            select c.id, c.handle_first, c.handle_second, c.situation_type_id, c.posted_at, c.status = 2
            from support_cases c where c.agency_id = mine and not is_psychologist_of(c.psychologist_id, mine) order by c.posted_at, c.id;
        perform set_config('app.left_in', '', true);
    end $$;
revoke execute on function left_cases() from public;
grant execute on function left_cases() to peersupport_board;

-- Everything that says whose case it is goes to the asker: the case, its deliveries, its recusals. The case is locked first, as
-- whoever accepts or burns it does; of two who ask at once the second finds that it has a psychologist. Who holds it and what
-- is sealed stay as they are: the seal is bound to the case. Answers 'done' or why not.
create function take_over_case(which uuid) returns text
    language plpgsql security definer set search_path = public, pg_temp
    as $$ declare whose uuid; place uuid; answer text; begin
        perform set_config('app.taking_over', which::text, true);
        select c.psychologist_id, c.agency_id into whose, place from support_cases c where c.id = which for update;
        if not found or not is_psychologist_of(app_actor(), place) then answer := 'not-found';
        elsif whose = app_actor() then answer := 'done';
        elsif is_psychologist_of(whose, place) then answer := 'has-one';
        else
            update support_cases c set psychologist_id = app_actor() where c.id = which;
            update deliveries d set posted_by = app_actor() where d.case_id = which;
            update recusals r set posted_by = app_actor() where r.case_id = which;
            answer := 'done';
        end if;
        perform set_config('app.taking_over', '', true);
        return answer;
    end $$;
revoke execute on function take_over_case(uuid) from public;
grant execute on function take_over_case(uuid) to peersupport_board;

-- Whoever takes a psychologist away leaves the errand that tells the others (kind 10; its subject is the agency).
drop policy accounts_leave on errands;
create policy accounts_leave on errands for insert to peersupport_accounts with check (kind in (8, 10) and case_id is null);
