-- Whether a bot has read what people said is looked up by time.
create index entry_kind_at on entry (kind, at);
