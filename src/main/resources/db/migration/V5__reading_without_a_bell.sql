-- Conversations in systems that do not tell which have changed are read again and again, rarer while nothing is new.

-- how often nothing was new, since something was or the bell rang
alter table reader add column quiet integer default 0 not null;

-- Those with a time to come are as many as there are open conversations: looking for due ones must not pass them all.
create index reader_due_time on reader (due);
