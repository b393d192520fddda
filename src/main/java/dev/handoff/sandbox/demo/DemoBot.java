package dev.handoff.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.handoff.sandbox.demo.BotApi.Failed;

/**
 * A small bot that uses Handoff as every bot does, over HTTP with its key: it posts what is said, hands over, keeps
 * silent while people are in charge, and reads the log to learn when they are done. What it posts has ids made from
 * the entry that it answers, so that nothing is said twice after a restart.
 */
final class DemoBot implements AutoCloseable {

    /**
     * What the page shows of a chat.
     *
     * @param control      {@code bot}, {@code queue} or {@code agent}
     * @param conversation its number at the agents' desk; null until it has one
     * @param thinking     whether the bot is about to say something
     */
    record View(String control, String conversation, boolean thinking, List<ChatLine> lines) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(DemoBot.class);
    private static final Pattern SESSION = Pattern.compile("demo-[0-9a-f]{16}");
    private static final Duration LOOK = Duration.ofMillis(500);
    /** For so long the bot looks after a chat that nobody looks at. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final BotApi api;
    private final Map<String, Chat> chats = new ConcurrentHashMap<>();
    private final ExecutorService mouth = Executors.newCachedThreadPool(task -> daemon(task, "demo-bot"));
    private final ScheduledExecutorService ear = Executors.newSingleThreadScheduledExecutor(
            task -> daemon(task, "demo-bot-log"));

    DemoBot(BotApi api) {
        this.api = api;
        ear.scheduleWithFixedDelay(this::readLogs, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Greets a new user. @return the session */
    String begin() throws Failed {
        String id = UUID.randomUUID().toString().replace("-", "");
        Chat chat = new Chat("demo-" + id.substring(0, 16));
        Step greeting = chat.dialogue().greeting();
        ObjectNode message = message("hello", greeting);
        message.putObject("user").put("id", chat.session()).put("name", "Visitor " + id.substring(0, 4));
        api.post(chat.session(), "messages", message);
        chats.put(chat.session(), chat);
        return chat.session();
    }

    /** Takes what the user says, and answers it later unless people are in charge. @return empty: no such chat */
    Optional<Long> hear(String session, String id, String text) throws Failed {
        Optional<Chat> found = chat(session);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode message = api.object().put("author", "user").put("text", text);
        if (id != null) {
            message.put("id", id);
        }
        JsonNode taken = api.post(session, "messages", message);
        long seq = taken.path("seq").asLong();
        long epoch = taken.path("epoch").asLong();
        if (taken.path("control").asText().equals("bot") && !taken.path("duplicate").asBoolean()) {
            found.get().then(() -> answer(found.get(), seq, epoch, text), mouth);
        }
        return Optional.of(seq);
    }

    /** The user has had enough of people. */
    boolean end(String session) throws Failed {
        if (chat(session).isEmpty()) {
            return false;
        }
        api.post(session, "close", api.object().put("reason", "The user ended the conversation"));
        return true;
    }

    /** The lines after this one, as the user sees them. @return empty: no such chat */
    Optional<View> view(String session, long after) throws Failed {
        Optional<Chat> found = chat(session);
        JsonNode state = found.isEmpty() ? null : api.state(session);
        JsonNode entries = state == null ? null : api.log(session, after);
        if (entries == null) {
            chats.remove(session);
            return Optional.empty();
        }
        List<ChatLine> lines = stream(entries).map(ChatLine::of).flatMap(Optional::stream).toList();
        return Optional.of(new View(state.path("control").asText(),
                state.path("conversation").path("id").asText(null), found.get().thinking(), lines));
    }

    /** Finds the chat; one from before a restart is taken up again. */
    private Optional<Chat> chat(String session) {
        if (!SESSION.matcher(session).matches()) {
            return Optional.empty();
        }
        Chat chat = chats.computeIfAbsent(session, Chat::new);
        chat.used();
        return Optional.of(chat);
    }

    private void answer(Chat chat, long seq, long epoch, String text) {
        try {
            Step step = chat.dialogue().hear(text);
            say(chat, "re-" + seq, step, epoch);
            if (step.unfinished() != null) {
                handOver(chat, seq, epoch, step.unfinished());
            }
        } catch (Failed failed) {
            LOG.warn("The demo bot could not answer entry {} of {}: {}", seq, chat.session(), failed.getMessage());
        }
    }

    private void handOver(Chat chat, long seq, long epoch, List<String> unfinished) throws Failed {
        ObjectNode request = api.object().put("id", "handoff-" + seq);
        unfinished.forEach(request.putArray("unfinishedIntents")::add);
        JsonNode answer;
        try {
            answer = api.post(chat.session(), "handoff", request);
        } catch (Failed failed) {
            LOG.warn("The demo bot could not hand {} over: {}", chat.session(), failed.getMessage());
            say(chat, "sorry-" + seq, chat.dialogue().nobodyThere("Sorry, I cannot reach my colleagues right now."),
                    epoch);
            return;
        }
        switch (answer.path("status").asText()) {
            case "ask-intent" -> say(chat, "ask-" + seq, chat.dialogue().ask(choices(answer.path("choices"))), epoch);
            case "unavailable" -> say(chat, "sorry-" + seq, chat.dialogue().nobodyThere("Sorry, nobody is there."),
                    epoch);
            default -> LOG.debug("{} is handed over: {}", chat.session(), answer.path("status").asText());
        }
    }

    private static Map<String, String> choices(JsonNode choices) {
        Map<String, String> labels = new LinkedHashMap<>();
        choices.forEach(choice -> labels.put(choice.path("label").asText(), choice.path("intent").asText()));
        return labels;
    }

    private void readLogs() {
        chats.values().removeIf(chat -> chat.usedAt().plus(REMEMBERED).isBefore(Instant.now()));
        for (Chat chat : chats.values()) {
            try {
                JsonNode entries = api.log(chat.session(), chat.cursor());
                if (entries != null && !entries.isEmpty()) {
                    read(chat, stream(entries).toList());
                }
            } catch (Failed failed) {
                LOG.debug("The demo bot could not read the log of {}: {}", chat.session(), failed.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("The demo bot could not read the log of {}", chat.session(), e);
            }
        }
    }

    private void read(Chat chat, List<JsonNode> entries) {
        JsonNode closed = null;
        for (JsonNode entry : entries) {
            String kind = entry.path("kind").asText();
            closed = kind.equals("closed") ? entry : kind.equals("handoff") ? null : closed;
            chat.cursor(entry.path("seq").asLong());
        }
        if (closed != null) {
            JsonNode end = closed;
            chat.then(() -> takeOver(chat, end), mouth);
        }
    }

    /** People are done, or could not be reached: the bot says so, and answers what nobody has seen. */
    private void takeOver(Chat chat, JsonNode closed) {
        long seq = closed.path("seq").asLong();
        long epoch = closed.path("epoch").asLong();
        try {
            say(chat, "back-" + seq, chat.dialogue().backAgain(News.of(closed)), epoch);
            JsonNode unseen = closed.path("unseen");
            if (!unseen.isEmpty()) {
                answerUnseen(chat, unseen, epoch);
            }
        } catch (Failed failed) {
            LOG.warn("The demo bot could not take {} over again: {}", chat.session(), failed.getMessage());
        }
    }

    private void answerUnseen(Chat chat, JsonNode unseen, long epoch) throws Failed {
        long first = unseen.get(0).asLong();
        for (JsonNode entry : api.log(chat.session(), first - 1)) {
            long seq = entry.path("seq").asLong();
            if (stream(unseen).anyMatch(one -> one.asLong() == seq)) {
                answer(chat, seq, epoch, entry.path("text").asText());
            }
        }
    }

    /** A message under an id that is taken was said before a restart, maybe in other words. */
    private void say(Chat chat, String id, Step step, long epoch) throws Failed {
        try {
            api.post(chat.session(), "messages", message(id, step).put("epoch", epoch));
        } catch (Failed failed) {
            if (failed.status() != 409) {
                throw failed;
            }
        }
    }

    private ObjectNode message(String id, Step step) {
        ObjectNode message = api.object().put("id", id).put("author", "bot").put("text", step.text());
        if (step.choices() != null) {
            step.choices().forEach(message.putArray("choices")::add);
        }
        return message;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        ear.shutdownNow();
        mouth.shutdownNow();
    }
}
