package dev.handoff.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether bots without a callback read their logs. One that does neither leaves people talking to nobody, and the user
 * without an answer.
 */
@Component
public class LogReading {

    /** A bot that looks now and then is no reason to worry. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_BACK = Duration.ofDays(1);
    /** These kinds come with every handoff. */
    private static final List<String> TOLD = List.of("assigned", "joined", "closed");

    private final Set<String> justRead = ConcurrentHashMap.newKeySet();
    private final Bots bots;
    private final Callbacks callbacks;
    private final JdbcClient database;

    LogReading(Bots bots, Callbacks callbacks, JdbcClient database) {
        this.bots = bots;
        this.callbacks = callbacks;
        this.database = database;
    }

    /** The bot reads one of its logs now. Costs nothing: it is stored a little later, whatever the number of reads. */
    public void read(String bot) {
        justRead.add(bot);
    }

    @Scheduled(fixedDelay = 10_000)
    void store() {
        for (String bot : Set.copyOf(justRead)) {
            justRead.remove(bot);
            if (update(bot) == 0) {
                database.sql("insert into bot_reading (bot, read_at) values (?, current_timestamp)"
                        + " on conflict do nothing").param(bot).update();
            }
        }
    }

    private int update(String bot) {
        return database.sql("update bot_reading set read_at = current_timestamp where bot = ?").param(bot).update();
    }

    /** Bots that have no callback and have not read what the support side said some minutes ago: since when. */
    public Map<String, Instant> unread() {
        store();
        Map<String, Instant> unread = new TreeMap<>();
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        for (String bot : bots.ids()) {
            if (callbacks.of(bot).isEmpty()) {
                OffsetDateTime from = lastRead(bot).filter(now.minus(LOOK_BACK)::isBefore).orElse(now.minus(LOOK_BACK));
                firstAfter(bot, from, now.minus(PATIENCE)).ifPresent(since -> unread.put(bot, since));
            }
        }
        return unread;
    }

    private Optional<OffsetDateTime> lastRead(String bot) {
        return database.sql("select read_at from bot_reading where bot = ?").param(bot).query(OffsetDateTime.class)
                .optional();
    }

    private Optional<Instant> firstAfter(String bot, OffsetDateTime from, OffsetDateTime until) {
        if (!from.isBefore(until)) {
            return Optional.empty();
        }
        return TOLD.stream().flatMap(kind -> firstAfter(kind, bot, from, until).stream()).min(Comparator.naturalOrder());
    }

    /** An index leads to the first since the bot has read last. */
    private Optional<Instant> firstAfter(String kind, String bot, OffsetDateTime from, OffsetDateTime until) {
        return database.sql("""
                select e.at from entry e where e.kind = ? and e.at > ? and e.at < ? and e.side = 'support'
                  and exists (select 1 from session s where s.id = e.session and s.bot = ?)
                order by e.kind, e.at limit 1""").params(kind, from, until, bot)
                .query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
    }

    /** What to do about a bot that is among {@link #unread()}. */
    public static String advice(String bot, Instant since) {
        return "has no callback, and nobody has read what people answered since " + since + ": set handoff.bots." + bot
                + ".callback, or let the bot read GET /v1/bots/" + bot + "/sessions/{session}/log";
    }
}
