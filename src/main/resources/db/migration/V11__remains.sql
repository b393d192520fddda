-- What is to be closed over there, as JSON: also while agents have another conversation, and more than one.
alter table leg add column remains text;

update leg set
    remains = concat('[{"handoff":', abandoned_seq, case when handoff_seq = 0 then '' else concat(',"refs":', refs) end, '}]'),
    refs = case when handoff_seq = 0 then refs else '{}' end,
    handoff_seq = 0
where abandoned_seq <> 0;

alter table leg drop column abandoned_seq;

-- The log's end when agents took the conversation up: what the bot closed before ends nothing.
alter table leg add column answered_seq bigint not null default 0;
