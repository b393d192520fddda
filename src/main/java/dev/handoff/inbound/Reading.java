package dev.handoff.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.handoff.HandoffProperties;
import dev.handoff.inbound.Recording.Next;
import dev.handoff.lane.Conversations;
import dev.handoff.session.Control;
import dev.handoff.session.Lanes;
import dev.handoff.session.PeopleLog;
import dev.handoff.session.SessionRepository;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.News;
import dev.handoff.support.SupportSystem.Remark;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a conversation until there is nothing new in it. What is read and how far go into the database together. */
@Component
class Reading {

    private final SupportSystems systems;
    private final ReaderRepository readers;
    private final SessionRepository sessions;
    private final Conversations conversations;
    private final PeopleLog log;
    private final Lanes lanes;
    private final TransactionTemplate transaction;
    private final Duration lease;

    Reading(SupportSystems systems, ReaderRepository readers, SessionRepository sessions, Conversations conversations,
            PeopleLog log, Lanes lanes, TransactionTemplate transaction, HandoffProperties properties) {
        this.systems = systems;
        this.readers = readers;
        this.sessions = sessions;
        this.conversations = conversations;
        this.log = log;
        this.lanes = lanes;
        this.transaction = transaction;
        this.lease = properties.lane().lease();
    }

    /**
     * One reading.
     *
     * @return the reader as it is now, if it must read again; null: it is free
     * @throws ComeBack if what was read cannot be told now
     */
    Reader once(Reader reader) throws CallFailed {
        SupportSystem system = systems.get(reader.connection());
        Before before = look(reader);
        News news = closedAgain(system, reader, before, read(system, reader));
        Duration unsettled = before.lane().unsettled(system.capabilities().settlesIn());
        Stored stored = transaction.execute(status -> {
            Recording recording = new Recording(log, conversations, lanes, reader, before, news,
                    system.custom().relaysTemplates(), unsettled);
            Next next = recording.record();
            Reader reached = reader.at(news.position(), recording.seen(), recording.news());
            Duration wait = ReadingClock.wait(system, reached, recording.withPeople());
            return new Stored(store(reached, next, wait), next);
        });
        if (stored.next() == Next.READ_LATER) {
            throw new ComeBack(unsettled);
        }
        return stored.reader();
    }

    private Before look(Reader reader) {
        return new Before(sessions.find(reader.session()).orElseThrow(),
                conversations.find(reader.session(), reader.connection()).orElseThrow());
    }

    private record Stored(Reader reader, Next next) {
    }

    private Reader store(Reader reached, Next next, Duration wait) {
        boolean waiting = next == Next.WAIT_FOR_CONFIRMATION;
        boolean goesOn = next == Next.READ_AGAIN || next == Next.READ_LATER;
        if (!goesOn && readers.release(reached, waiting, wait == null || waiting ? null : reached.in(wait))) {
            return null;
        }
        if (!readers.advance(reached)) {
            throw new Superseded();
        }
        return readers.renew(reached, reached.in(lease)).map(reached::rung).orElseThrow(Superseded::new);
    }

    private static News read(SupportSystem system, Reader reader) throws CallFailed {
        try {
            return system.eventsSince(reader.refs(), reader.position());
        } catch (CallFailed e) {
            if (e.outcome() != Outcome.GONE) {
                throw e;
            }
            return new News(List.of(), null, reader.position(), false);
        }
    }

    /** A message of ours that came late has opened a conversation that the agents had closed. */
    private News closedAgain(SupportSystem system, Reader reader, Before before, News news) throws CallFailed {
        boolean opened = before.session().control() == Control.BOT && !before.lane().serving()
                && !before.lane().worked() && before.lane().isIn(reader.conversation())
                && "closed".equals(reader.seen().status()) && news.levels() != null
                && "open".equals(news.levels().status()) && !news.more();
        if (!opened || !Remarks.ofTheUser(news, reader.session(), reader.seen().own()) || newOfAgents(reader, news)
                || !stillSo(reader, before)) {
            return news;
        }
        system.close(reader.refs(), null);
        Levels open = news.levels();
        return new News(news.remarks(), new Levels("closed", open.team(), open.assignee(), open.labels(), null,
                open.tellsTeam(), open.tellsAssignee()),
                news.position(), false);
    }

    /** The reading may have taken its time: by now the session may have been handed over again, into this conversation. */
    private boolean stillSo(Reader reader, Before before) {
        Before now = look(reader);
        return now.session().control() == Control.BOT
                && now.session().handoffSeq() == before.session().handoffSeq()
                && !now.lane().serving() && now.lane().quietSince(before.lane());
    }

    private boolean newOfAgents(Reader reader, News news) {
        List<String> keys = Remarks.forTheUser(news, reader.session(), false).stream().map(Remark::id)
                .map(reader::key).toList();
        Map<String, Long> known = log.known(reader.session(), keys);
        return !known.keySet().containsAll(keys);
    }

    /** Somebody else reads the conversation by now: whatever this run still wants to write is void. */
    static class Superseded extends RuntimeException {

        Superseded() {
            super("The conversation was claimed by somebody else", null, false, false);
        }
    }
}
