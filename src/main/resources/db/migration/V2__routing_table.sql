-- What operators and bots set by the API; what application.yaml declares is not here.

create table routing_table (
    bot        varchar(64) primary key,
    body       text not null,               -- JSON, as GET /v1/bots/{bot}/routing shows it
    updated_at timestamp with time zone not null
);

create table bot_support (
    bot        varchar(64) primary key,
    support    text not null,               -- JSON: names of connections, the preferred one first
    updated_at timestamp with time zone not null
);
