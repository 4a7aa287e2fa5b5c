-- What a channel that lies would hide: since when its far end has said nothing but "later", when a push service last did not
-- let this installation in, and by which push key a browser registered (null: not known). Times and a name of a key, no address.
alter table alert_channels
    add column deferred_since timestamptz,
    add column denied_at timestamptz,
    add column key_id varchar(16);

grant select (deferred_since, denied_at) on alert_channels to peersupport_board;
grant update (deferred_since, denied_at) on alert_channels to peersupport_jobs;
