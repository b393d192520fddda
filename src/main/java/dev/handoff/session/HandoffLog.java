package dev.handoff.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Handoffs in the log: asking first, appending, and what became of them. */
@Service
public class HandoffLog {

    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final Appender appender;
    private final Lanes lanes;
    private final TransactionTemplate transaction;

    HandoffLog(SessionRepository sessions, EntryRepository entries, Appender appender, Lanes lanes,
            TransactionTemplate transaction) {
        this.sessions = sessions;
        this.entries = entries;
        this.appender = appender;
        this.lanes = lanes;
        this.transaction = transaction;
    }

    /**
     * How a handoff stands.
     *
     * @param handoff      as it stands: the last one, where it went from one connection to another
     * @param confirmed    whether the conversation was seen with its team over there
     * @param failed       why it could not be done; null if it could, or nobody knows yet
     * @param conversation {@code id} and {@code url} over there, once confirmed
     */
    public record Standing(SessionRow session, Entry handoff, boolean confirmed, String failed,
            Map<String, String> conversation) {

        public boolean settled() {
            return confirmed || failed != null;
        }
    }

    /**
     * The handoff that the request repeats: the one under the same id, else the one that stands while people are in
     * charge. What of its history has an id and is not there yet goes to them.
     *
     * @throws KeyConflict if the id is taken by a handoff of other intents or another team
     */
    public Optional<Standing> standing(String bot, String key, HandoffRequest request) {
        Optional<SessionRow> session = sessions.find(bot, key);
        Optional<Entry> repeated = session.flatMap(row -> repeated(row, request));
        if (repeated.isEmpty() || isRepeated(repeated.get(), request) || named(request).isEmpty()) {
            return repeated.map(handoff -> standing(session.orElseThrow(), handoff));
        }
        return transaction.execute(status -> {
            SessionRow locked = sessions.lock(session.orElseThrow().id());
            return repeated(locked, request).map(handoff -> standing(added(locked, request), handoff));
        });
    }

    /** Whether the request is the one that the handoff came from; else that one only stands in its way. */
    private static boolean isRepeated(Entry handoff, HandoffRequest request) {
        return request.id() != null && request.id().equals(handoff.key());
    }

    private Optional<Entry> repeated(SessionRow session, HandoffRequest request) {
        if (request.id() != null) {
            Optional<Entry> known = entries.byKey(session.id(), Side.BOT, Kind.HANDOFF, request.id());
            if (known.isPresent()) {
                Body body = known.get().body();
                if (!Objects.equals(body.named(), request.team())
                        || !Objects.equals(body.unfinishedIntents(), request.unfinishedIntents())) {
                    throw new KeyConflict("The id '" + request.id() + "' is taken by the handoff of entry "
                            + known.get().seq() + ", which has other intents or another team. "
                            + "Send another handoff under another id.");
                }
                return known;
            }
        }
        return session.handedOver() ? entries.bySeq(session.id(), session.handoffSeq()) : Optional.empty();
    }

    /** How the handoff of this entry stands now. */
    public Standing standing(Entry handoff) {
        return standing(sessions.find(handoff.session()).orElseThrow(), handoff);
    }

    private Standing standing(SessionRow session, Entry known) {
        Entry handoff = latest(known);
        Optional<Body> confirmed = outcome(handoff, Kind.ASSIGNED);
        if (confirmed.isPresent()) {
            return new Standing(session, handoff, true, null, confirmed.get().conversation());
        }
        if (session.handedOver() && session.confirmed() && session.handoffSeq() == handoff.seq()) {
            // Agents of another connection have taken the session up, whatever becomes of the handoff.
            return new Standing(session, handoff, true, null, null);
        }
        return new Standing(session, handoff, false,
                outcome(handoff, Kind.UNDELIVERED).map(Body::reason).orElse(null), null);
    }

    /** The same handoff on the connection that had it last. */
    private Entry latest(Entry handoff) {
        return entries.last(handoff.session(), Side.SUPPORT, Kind.HANDOFF, handoff.seq())
                .filter(entry -> entry.origin() == handoff.origin()).orElse(handoff);
    }

    private Optional<Body> outcome(Entry handoff, Kind kind) {
        return entries.of(handoff.session(), kind, handoff.origin()).map(Entry::body);
    }

    /** The session, as it would begin if it does not exist. */
    public SessionRow session(String bot, String key) {
        return sessions.find(bot, key).orElseGet(() -> SessionRow.unborn(bot, key));
    }

    /** Whether the bot was told to ask the user, and has not handed over since. */
    public boolean asked(String bot, String key) {
        return sessions.find(bot, key).map(SessionRow::asked).orElse(false);
    }

    /** Remembers that the bot was told to ask the user; gives the session. */
    public SessionRow ask(String bot, String key) {
        return transaction.execute(status -> {
            SessionRow session = sessions.lockOrCreate(bot, key).withAsked(true);
            sessions.update(session);
            return session;
        });
    }

    /**
     * Appends the history that is not there yet, the note and the handoff, and begins to carry them. If another
     * handoff stands, only what of the history has an id and is not there yet is appended.
     *
     * @param team       decided; null for none
     * @param connection decided: what is left to do on another one goes on there
     */
    public Standing append(String bot, String key, HandoffRequest request, Team team, String because,
            String connection) {
        return transaction.execute(status -> {
            SessionRow session = sessions.lockOrCreate(bot, key);
            Optional<Entry> repeated = repeated(session, request);
            if (repeated.isPresent()) {
                return standing(isRepeated(repeated.get(), request) ? session : added(session, request), repeated.get());
            }
            List<Draft> drafts = history(session, request);
            if (request.note() != null) {
                drafts.add(new Draft(Side.BOT, Kind.NOTE, Author.BOT, Body.note(request.note()), null, null, false));
            }
            drafts.add(new Draft(Side.BOT, Kind.HANDOFF, Author.BOT, Body.handoff(request, team, because,
                    connection), request.id(), null, false));
            SessionRow known = request.user() == null ? session : session.with(request.user());
            SessionRow stored = appender.append(
                    known.withControl(Control.QUEUE).withHandoff(connection, session.lastSeq() + drafts.size()), drafts);
            Entry handoff = new Entry(stored.id(), stored.handoffSeq(), Side.BOT, Kind.HANDOFF, Author.BOT,
                    drafts.get(drafts.size() - 1).body(), request.id(), null, stored.epoch(), false);
            lanes.handOver(stored);
            return new Standing(stored, handoff, false, null, null);
        });
    }

    /** People have the session already: what the bot has kept to itself until now goes to them. */
    private SessionRow added(SessionRow session, HandoffRequest request) {
        List<Message> messages = named(request);
        Set<String> known = known(session, messages.stream().map(Message::id).toList());
        List<Draft> drafts = messages.stream().filter(message -> known.add(message.id()))
                .map(message -> Draft.message(message, message.id(), message.author() == Author.BOT)).toList();
        if (drafts.isEmpty()) {
            return session;
        }
        SessionRow stored = appender.append(session, drafts);
        lanes.raise(stored.id(), stored.connection(), stored.lastSeq());
        return stored;
    }

    /** What of the history can be told from what is in the log already. */
    private static List<Message> named(HandoffRequest request) {
        return request.history() == null ? List.of()
                : request.history().stream().filter(message -> message.id() != null).toList();
    }

    private List<Draft> history(SessionRow session, HandoffRequest request) {
        List<Message> history = request.history() == null ? List.of() : request.history();
        List<String> keys = new ArrayList<>(history.size());
        for (int i = 0; i < history.size(); i++) {
            String id = history.get(i).id();
            keys.add(id != null ? id : request.id() != null ? request.id() + "/" + i : null);
        }
        Set<String> known = known(session, keys.stream().filter(Objects::nonNull).toList());
        List<Draft> drafts = new ArrayList<>(history.size() + 2);
        for (int i = 0; i < history.size(); i++) {
            if (keys.get(i) == null || known.add(keys.get(i))) {
                drafts.add(Draft.message(history.get(i), keys.get(i), false));
            }
        }
        return drafts;
    }

    private Set<String> known(SessionRow session, List<String> keys) {
        return keys.isEmpty() || session.lastSeq() == 0 ? new HashSet<>() : entries.knownMessages(session.id(), keys);
    }
}
