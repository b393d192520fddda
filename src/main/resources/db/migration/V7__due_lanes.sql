-- Looking for what is due must not pass all the lanes that wait for nothing, which are as many as there are sessions.
create index lane_due_time on lane (due);
