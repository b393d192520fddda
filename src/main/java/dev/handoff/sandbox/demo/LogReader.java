package dev.handoff.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.handoff.sandbox.demo.BotApi.Failed;

/** Reads the chats' logs for as long as somebody looks at them, to learn when people are done. */
final class LogReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** For so long the bot looks after a chat that nobody looks at. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final BotApi api;
    private final Collection<Chat> chats;
    private final BiConsumer<Chat, JsonNode> closed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemons("demo-bot-log"));

    /**
     * @param chats  from which those are removed that nobody looks at
     * @param closed is told of the entry that ended a handoff, unless another one follows
     */
    LogReader(BotApi api, Collection<Chat> chats, BiConsumer<Chat, JsonNode> closed) {
        this.api = api;
        this.chats = chats;
        this.closed = closed;
        thread.scheduleWithFixedDelay(this::readAll, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readAll() {
        chats.removeIf(chat -> chat.usedAt().plus(REMEMBERED).isBefore(Instant.now()));
        for (Chat chat : chats) {
            try {
                JsonNode entries = api.log(chat.session(), chat.cursor());
                if (entries != null) {
                    read(chat, entries);
                }
            } catch (Failed failed) {
                LOG.debug("The demo bot could not read the log of {}: {}", chat.session(), failed.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("The demo bot could not read the log of {}", chat.session(), e);
            }
        }
    }

    private void read(Chat chat, JsonNode entries) {
        JsonNode end = null;
        for (JsonNode entry : entries) {
            String kind = entry.path("kind").asText();
            end = kind.equals("closed") ? entry : kind.equals("handoff") ? null : end;
            chat.cursor(entry.path("seq").asLong());
        }
        if (end != null) {
            closed.accept(chat, end);
        }
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
