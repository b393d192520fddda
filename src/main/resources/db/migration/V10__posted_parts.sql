-- The marks of what was posted and the cursor does not tell yet, as JSON: a text of several parts goes on after them.
alter table leg add column posted text;
