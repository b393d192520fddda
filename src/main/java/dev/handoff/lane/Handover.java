package dev.handoff.lane;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.handoff.routing.Teams;
import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.SessionRow;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.State;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * One handoff on its way through the main line. Each step can be run again after a failure: what is done already is
 * passed over.
 */
final class Handover {

    private static final int PAGE = 500;

    private final SupportRun run;
    private final Entry handoff;
    private final Sender sender;
    private final EntryRepository entries;
    private final LaneRepository lanes;
    private final LegRepository legs;
    private final ConversationWatch watch;
    private final TransactionTemplate transaction;
    private Team team;
    private boolean transferred;

    Handover(SupportRun run, Entry handoff, Sender sender, EntryRepository entries, LaneRepository lanes,
            LegRepository legs, ConversationWatch watch, TransactionTemplate transaction) {
        this.run = run;
        this.handoff = handoff;
        this.sender = sender;
        this.entries = entries;
        this.lanes = lanes;
        this.legs = legs;
        this.watch = watch;
        this.transaction = transaction;
        this.team = handoff.body().team();
    }

    void createUser() throws CallFailed {
        if (begun() || hasLast()) {
            return;
        }
        run.beforeSend();
        Leg fresh = run.leg().withoutConversation();
        Map<String, String> refs = new LinkedHashMap<>(fresh.refs());
        refs.putAll(run.support().createUser(user(), userMark(run.session(), user())));
        run.leg(fresh.withRefs(refs));
    }

    void createConversation() throws CallFailed {
        if (begun()) {
            return;
        }
        if (hasLast()) {
            if (reopened()) {
                serve(run.leg().refs());
                return;
            }
            forgetLast();
            createUser();
        }
        if (run.support().capabilities().transferAtOpening()) {
            resolveTeam();
        }
        run.beforeSend();
        boolean mayCreate = !run.inDoubt() || run.settled();
        Post first = first();
        Map<String, String> refs = new LinkedHashMap<>(run.support().createConversation(user(),
                mark(handoff), run.leg().refs(), team, first, run.inDoubt(), mayCreate));
        String posted = refs.remove(Refs.FIRST);
        if (!refs.containsKey(Refs.CONVERSATION)) {
            if (!mayCreate) {
                throw run.untilSettled();
            }
            throw new CallFailed(Outcome.UNKNOWN, run.support().name(), "create-conversation", null, null,
                    "the route " + run.support().system() + "-create-conversation gave back no ref '"
                            + Refs.CONVERSATION + "'", null);
        }
        serve(refs);
        if (first != null && posted != null) {
            run.found(Map.of(first.mark(), posted));
        }
    }

    /** What the conversation may begin with, where it cannot be empty; null where it can, or nothing was said. */
    private Post first() {
        run.historyOf(handoff.at());
        return first(run, entries, handoff.seq());
    }

    static Post first(SupportRun run, EntryRepository entries, long handoff) {
        return !run.support().capabilities().firstText() ? null : Sender.first(run,
                entries.read(run.session().id(), run.cursor(), handoff - 1, PAGE));
    }

    private void serve(Map<String, String> refs) {
        run.leg(run.leg().withRefs(refs).serving(handoff.seq(), run.cursor()));
        // The watch first: a row that refers to the session takes a lock on it, and that comes before the lane's.
        transaction.executeWithoutResult(status -> {
            watch.opened(handoff.session(), run.support().name(), refs);
            lanes.advance(run, false);
            legs.save(run.leg());
        });
    }

    /** Whether the session's last conversation is to be opened again. */
    private boolean hasLast() {
        return run.support().custom().reopens() && run.leg().refs().containsKey(Refs.CONVERSATION);
    }

    /** It is gone. Whoever gives this handoff up must know that another one may have been made. */
    private void forgetLast() {
        run.leg(run.leg().withoutConversation());
        transaction.executeWithoutResult(status -> {
            lanes.keep(run);
            legs.save(run.leg());
        });
    }

    private boolean reopened() throws CallFailed {
        run.beforeSend();
        try {
            run.support().reopen(run.leg().refs());
            return true;
        } catch (CallFailed e) {
            if (e.outcome() != Outcome.GONE) {
                throw e;
            }
            return false;
        }
    }

    void replayHistory() throws CallFailed {
        run.historyOf(handoff.at());
        while (run.cursor() < handoff.seq() - 1) {
            List<Entry> page = entries.read(handoff.session(), run.cursor(), handoff.seq() - 1, PAGE);
            sender.lookUp(run, page);
            for (Entry entry : page) {
                sender.deliver(run, entry);
            }
        }
        run.historyOf(null);
    }

    /** Turns the team that was decided upon into the system's own. */
    void resolveTeam() throws CallFailed {
        if (team == null || team.id() != null) {
            return;
        }
        run.beforeSend();
        Teams teams = new Teams(run.support().teams());
        team = teams.find(team.name()).orElseThrow(() -> new CallFailed(Outcome.REJECTED, run.support().name(),
                "teams", null, null, "there is no team '" + team.name() + "' on connection '" + run.support().name()
                        + "'; there are: " + String.join(", ", teams.names()), null));
    }

    void transfer() throws CallFailed {
        run.beforeSend();
        if (!run.inDoubt() || !alreadyTransferred(run.support().state(run.leg().refs()))) {
            run.support().transfer(team, run.leg().refs());
        }
        transferred = true;
    }

    private boolean alreadyTransferred(State state) {
        if (state.transferred() != null) {
            return state.transferred();
        }
        return "closed".equals(state.status()) || state.assignee() != null
                || team != null && team.id().equals(state.team());
    }

    /** Posts a note for the agents that is no entry of the log. */
    void note(String text) throws CallFailed {
        Post note = Parts.note(handoff, text);
        sender.lookUp(run, note);
        sender.deliver(run, note);
    }

    boolean transferred() {
        return transferred;
    }

    Team team() {
        return team;
    }

    SupportRun run() {
        return run;
    }

    Entry entry() {
        return handoff;
    }

    User user() {
        return user(handoff, run.session());
    }

    static User user(Entry handoff, SessionRow session) {
        User known = handoff.body().user() != null ? handoff.body().user() : session.user();
        return known != null ? known : new User(session.key(), null, null, null, null, null);
    }

    /** Our id of a person. */
    static String userMark(SessionRow session, User user) {
        return session.bot() + ":" + user.id();
    }

    /** Our id of the conversation that a handoff makes. */
    static String mark(Entry handoff) {
        return handoff.session() + "." + handoff.seq();
    }

    /** Whether an earlier attempt has made the conversation and stored it. */
    private boolean begun() {
        return run.leg().handoffSeq() == handoff.seq();
    }
}
