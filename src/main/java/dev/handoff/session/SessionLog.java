package dev.handoff.session;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The bot's side of the log: messages, closing, reading. */
@Service
class SessionLog implements Sessions {

    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final SessionStates states;
    private final Appender appender;
    private final Lanes lanes;
    private final LogFollowers followers;
    private final TransactionTemplate transaction;

    SessionLog(SessionRepository sessions, EntryRepository entries, SessionStates states, Appender appender,
            Lanes lanes, LogFollowers followers, TransactionTemplate transaction) {
        this.sessions = sessions;
        this.entries = entries;
        this.states = states;
        this.appender = appender;
        this.lanes = lanes;
        this.followers = followers;
        this.transaction = transaction;
    }

    @Override
    public Appended post(String bot, String key, Message message, User user) {
        return transaction.execute(status -> {
            SessionRow session = sessions.lockOrCreate(bot, key);
            if (message.id() != null) {
                Optional<Entry> known = entries.byKey(session.id(), Side.BOT, Kind.MESSAGE, message.id());
                if (known.isPresent()) {
                    return again(session, known.get(), message);
                }
            }
            boolean late = message.author() == Author.BOT && (session.handedOver()
                    || message.epoch() != null && message.epoch() < session.epoch());
            SessionRow stored = appender.append(user == null ? session : session.with(user),
                    List.of(Draft.message(message, message.id(), late)));
            if (stored.handedOver()) {
                lanes.raise(stored.id(), stored.connection(), stored.lastSeq());
            }
            return new Appended(stored.lastSeq(), stored.control(), stored.epoch(), false, late);
        });
    }

    private static Appended again(SessionRow session, Entry known, Message message) {
        if (known.author() != message.author() || !Objects.equals(known.body().text(), message.text())
                || !Objects.equals(known.body().choices(), message.choices())) {
            throw new KeyConflict("The id '" + message.id() + "' is taken by entry " + known.seq()
                    + ", which says something else. Send another message under another id.");
        }
        return new Appended(known.seq(), session.control(), session.epoch(), true, known.late());
    }

    @Override
    public Optional<SessionState> find(String bot, String key) {
        return sessions.find(bot, key).map(states::of);
    }

    @Override
    public Optional<List<Entry>> log(String bot, String key, long after, int limit) {
        return sessions.find(bot, key)
                .map(session -> entries.read(session.id(), after, Long.MAX_VALUE, limit));
    }

    @Override
    public Optional<Runnable> follow(String bot, String key, LongConsumer grown) {
        return sessions.find(bot, key).map(session -> followers.follow(session.id(), grown));
    }

    @Override
    public Optional<SessionState> close(String bot, String key, String reason) {
        Optional<SessionRow> closed = transaction.execute(status -> sessions.lock(bot, key).map(session -> {
            if (!session.handedOver()) {
                return session;
            }
            SessionRow stored = appender.append(session.withControl(Control.BOT), List.of(new Draft(Side.BOT,
                    Kind.CLOSED, Author.BOT, Body.closedOn(session.connection(), reason), null, null, false)));
            lanes.raise(stored.id(), stored.connection(), stored.lastSeq());
            return stored;
        }));
        return closed.map(states::of);
    }
}
