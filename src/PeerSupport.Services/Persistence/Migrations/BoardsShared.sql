-- Most readers of an agency see the same notices: now a list is worked out and sent once, for all who see that one, instead
-- of twenty rows for each of a thousand readers. Who sees a list differs only by the cases they are kept away from.
--
-- Rows by "what": 0 names a reader's list, 1 is a notice on a list, 2 a case the reader holds, 3 one that was covered.
drop function boards_of(uuid[], int, timestamptz);
create function boards_of(asking uuid[], most int, covered_since timestamptz) returns table (
        what int, list int, peer uuid, case_id uuid, situation_type_id int, level int, urgency int, wanted_tags int[], handle_first smallint, handle_second smallint,
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
            looking as materialized (select * from support_cases c where c.status = 1),
            kept_away as (
                select r.peer_id as reader, r.case_id from recusals r
                union
                select d.peer_id, d.case_id from deliveries d where d.declined_at is not null
                union
                select c.psychologist_id, c.id from looking c),
            without as materialized (
                select k.reader, array_agg(k.case_id order by k.case_id) as cases
                from kept_away k join looking c on c.id = k.case_id group by k.reader),
            seeing as materialized (
                select me.id, me.agency_id, w.cases as without, dense_rank() over (order by me.agency_id, w.cases)::int as list
                from readers me left join without w on w.reader = me.id),
            lists as (select distinct s.list, s.agency_id, s.without from seeing s),
            listed as (
                select l.list, c.*, row_number() over newest as place, count(*) over (partition by l.list) as of_all
                from lists l
                cross join partners_of(l.agency_id) partner
                join looking c on c.agency_id = partner and (l.without is null or c.id <> all (l.without))
                window newest as (partition by l.list order by c.posted_at desc, c.id))
            (select 0, s.list, s.id, null::uuid, 0, 0, 0, null::int[], 0::smallint, 0::smallint, null::timestamptz, null::timestamptz, null::date[], 0::bigint from seeing s)
            union all
            (select 1, o.list, null, o.id, o.situation_type_id, o.level, o.urgency, o.wanted_tags, o.handle_first, o.handle_second, o.posted_at, null, null, o.of_all
                from listed o where o.place <= most order by o.list, o.place)
            union all
            (select 2, 0, me.id, c.id, c.situation_type_id, c.level, c.urgency, c.wanted_tags, c.handle_first, c.handle_second, c.posted_at, c.accepted_at, c.contact_days, 0
                from readers me join support_cases c on c.holder_id = me.id order by me.id, c.accepted_at desc, c.id)
            union all
            (select 3, 0, lately.peer_id, lately.case_id, 0, 0, 0, null, lately.handle_first, lately.handle_second, lately.due_at, lately.covered_at, null, 0
                from (select d.*, row_number() over (partition by d.peer_id order by d.covered_at desc, d.case_id) as place
                      from readers me join deliveries d on d.peer_id = me.id and d.channel = 1 and d.covered_at > covered_since and d.declined_at is null) lately
                where lately.place <= 5 order by lately.peer_id, lately.place);
        perform set_config('app.boards', '', true);
    end $$;
revoke execute on function boards_of(uuid[], int, timestamptz) from public;
grant execute on function boards_of(uuid[], int, timestamptz) to peersupport_board;
