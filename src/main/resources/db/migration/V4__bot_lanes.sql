-- The bot's side: what its lanes offer, and who reads the log instead.

-- Bot lanes: the last entry of what is offered, and how often the bot has refused it.
alter table lane add column offered bigint not null default 0;
alter table lane add column refused integer not null default 0;

-- A bot and a connection may have the same name.
drop index lane_due;
create index lane_due on lane (side, destination, live, due);

-- When a bot's logs were last read; bots that read without a pause write once in a while.
create table bot_reading (
    bot     varchar(64) primary key,
    read_at timestamp with time zone not null
);
