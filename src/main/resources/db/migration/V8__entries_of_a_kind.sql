-- By kind and time alone, one session's handoffs were looked for among those of all sessions.
drop index entry_undelivered;
create index entry_kind on entry (kind, session, seq);
