package dev.handoff.session;

import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Composes what a bot is told of a session. */
@Component
class SessionStates {

    private final EntryRepository entries;
    private final JdbcClient jdbc;
    private final StoredJson json;

    SessionStates(EntryRepository entries, JdbcClient jdbc, StoredJson json) {
        this.entries = entries;
        this.jdbc = jdbc;
        this.json = json;
    }

    SessionState of(SessionRow session) {
        if (session.connection() == null) {
            return new SessionState(session.key(), session.control(), session.epoch(), null, null, null, 0, null);
        }
        Team team = session.handedOver()
                ? entries.last(session.id(), Side.SUPPORT, Kind.ASSIGNED, session.handoffSeq())
                        .or(() -> entries.bySeq(session.id(), session.handoffSeq())).map(Entry::body).map(Body::team)
                        .orElse(null)
                : null;
        long undelivered = entries.undelivered(session.id());
        return jdbc.sql("""
                select leg.refs, coalesce(lane.error, bot.error) as error from lane
                left join leg on leg.session = lane.session and leg.connection = lane.destination
                left join lane bot on bot.session = lane.session and bot.side = 'bot'
                where lane.session = ? and lane.side = 'support' and lane.destination = ?""")
                .params(session.id(), session.connection())
                .query((row, number) -> new SessionState(session.key(), session.control(), session.epoch(), team,
                        session.connection(), conversation(json.strings(row.getString("refs"))),
                        undelivered, json.read(row.getString("error"), SessionState.LastError.class)))
                .single();
    }

    private static Map<String, String> conversation(Map<String, String> refs) {
        String id = refs.get("conversation");
        if (id == null) {
            return null;
        }
        String url = refs.get("url");
        return url == null ? Map.of("id", id) : Map.of("id", id, "url", url);
    }
}
