-- Many boards in one reading. Asking row-level security for each peer in turn took most of the time in which a thousand
-- boards followed one notice; so this function reads past it, by policies that are its own, and says itself what a peer may
-- see. A test holds it to what row-level security shows each of them. Coded fields only, as on the board.
create policy boards_at_once on support_cases for select to current_user using (current_setting('app.boards', true) = 'at once');
create policy boards_at_once on recusals for select to current_user using (current_setting('app.boards', true) = 'at once');
create policy boards_at_once on deliveries for select to current_user using (current_setting('app.boards', true) = 'at once');

drop function boards_of(uuid[], int, timestamptz);
create function boards_of(asking uuid[], most int, covered_since timestamptz) returns table (
        peer uuid, what int, case_id uuid, situation_type_id int, level int, urgency int, wanted_tags int[], handle_first smallint, handle_second smallint,
        posted_at timestamptz, changed_at timestamptz, contact_days date[], waiting bigint)
    language plpgsql volatile security definer set search_path = public, pg_temp
    as $$ begin
        perform set_config('app.boards', 'at once', true);
        return query
            with readers as materialized (
                select me.id, me.agency_id
                from unnest(asking) one
                join people me on me.id = one and me.active
                join role_grants g on g.person_id = me.id and g.role = 2),
            kept_away as materialized (
                select r.case_id, r.peer_id from recusals r
                union all
                select d.case_id, d.peer_id from deliveries d where d.declined_at is not null),
            offered as (
                select me.id as reader, c.*, row_number() over newest as place, count(*) over (partition by me.id) as of_all
                from readers me
                cross join partners_of(me.agency_id) partner
                join support_cases c on c.agency_id = partner and c.status = 1 and c.psychologist_id <> me.id
                where not exists (select from kept_away k where k.case_id = c.id and k.peer_id = me.id)
                window newest as (partition by me.id order by c.posted_at desc, c.id))
            (select o.reader, 1, o.id, o.situation_type_id, o.level, o.urgency, o.wanted_tags, o.handle_first, o.handle_second, o.posted_at, null::timestamptz, null::date[], o.of_all
                from offered o where o.place <= most order by o.reader, o.place)
            union all
            (select me.id, 2, c.id, c.situation_type_id, c.level, c.urgency, c.wanted_tags, c.handle_first, c.handle_second, c.posted_at, c.accepted_at, c.contact_days, 0::bigint
                from readers me join support_cases c on c.holder_id = me.id order by me.id, c.accepted_at desc, c.id)
            union all
            (select lately.peer_id, 3, lately.case_id, 0, 0, 0, null::int[], lately.handle_first, lately.handle_second, lately.due_at, lately.covered_at, null::date[], 0::bigint
                from (select d.*, row_number() over (partition by d.peer_id order by d.covered_at desc, d.case_id) as place
                      from readers me join deliveries d on d.peer_id = me.id and d.channel = 1 and d.covered_at > covered_since and d.declined_at is null) lately
                where lately.place <= 5 order by lately.peer_id, lately.place);
        perform set_config('app.boards', '', true);
    end $$;
revoke execute on function boards_of(uuid[], int, timestamptz) from public;
grant execute on function boards_of(uuid[], int, timestamptz) to peersupport_board;
