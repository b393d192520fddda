package dev.handoff.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

import dev.handoff.session.Entry;
import dev.handoff.session.LogEntry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One client that follows a session's log by server-sent events. It has a thread only while something is written. */
final class LogStream {

    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);
    private static final MediaType JSON_TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final long NEVER = 0;
    /** When the client comes back after a broken connection, in milliseconds. */
    private static final long COME_BACK = 1000;

    private final SseEmitter emitter = new SseEmitter(NEVER);
    private final LongFunction<List<Entry>> entriesAfter;
    private final ApiJson json;
    private final Executor writers;
    private final AtomicBoolean grown = new AtomicBoolean(true);
    private final AtomicBoolean silent = new AtomicBoolean();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long sent;

    /**
     * @param after        the last seq that the client has
     * @param entriesAfter gives the next entries of the log, none at its end
     */
    LogStream(long after, LongFunction<List<Entry>> entriesAfter, ApiJson json, Executor writers) {
        this.sent = after;
        this.entriesAfter = entriesAfter;
        this.json = json;
        this.writers = writers;
    }

    SseEmitter emitter() {
        return emitter;
    }

    /** Begins with what the client does not have; the comment lets it see that the stream is open. */
    void open() {
        silent.set(true);
        wake();
    }

    /** @param lastSeq the end of the log */
    void grown(long lastSeq) {
        if (lastSeq > sent) {
            grown.set(true);
            wake();
        }
    }

    /** Writes a comment, so that nobody between takes the connection for dead, and that a dead one is noticed. */
    void beat() {
        silent.set(true);
        wake();
    }

    void end() {
        emitter.complete();
    }

    private void wake() {
        if (writing.compareAndSet(false, true)) {
            try {
                writers.execute(this::write);
            } catch (RejectedExecutionException stopping) {
                end();
            }
        }
    }

    private void write() {
        try {
            if (silent.getAndSet(false)) {
                emitter.send(SseEmitter.event().reconnectTime(COME_BACK).comment(""));
            }
            if (grown.getAndSet(false)) {
                writeEntries();
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("The client has gone", gone);
            end();
            return;
        } catch (RuntimeException e) {
            LOG.warn("A log could not be read for its stream; the client may come back: {}", e.getMessage());
            end();
            return;
        }
        writing.set(false);
        if (silent.get() || grown.get()) {
            wake();
        }
    }

    private void writeEntries() throws IOException {
        for (List<Entry> page = entriesAfter.apply(sent); !page.isEmpty(); page = entriesAfter.apply(sent)) {
            for (Entry entry : page) {
                LogEntry line = LogEntry.of(entry);
                emitter.send(SseEmitter.event().id(Long.toString(line.seq())).name(line.kind())
                        .data(new String(json.bytes(line), StandardCharsets.UTF_8), JSON_TEXT));
                sent = line.seq();
            }
        }
    }
}
