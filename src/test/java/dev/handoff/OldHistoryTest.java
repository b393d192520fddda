package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A system whose messages all have the time of their sending, no marks, and no conversation without a text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldHistoryTest {

    private static final Instant OLD = Instant.parse("2026-03-01T08:05:30Z");
    private static final String WHEN = "[1 Mar 2026, 08:05 UTC] ";

    @TempDir
    private static Path folder;
    private final Slate slate = new Slate();
    private App app;

    @BeforeAll
    void start() throws IOException {
        app = App.start(slate.properties(folder));
    }

    @AfterAll
    void stop() {
        app.close();
        slate.close();
    }

    private String handOver() {
        Api.Answer answer = app.bot().handoff("s-" + UUID.randomUUID(), """
                {'team': 'Travel', 'wait': 30, 'history': [
                 {'author': 'user', 'text': 'Long ago', 'at': '%s'}, {'author': 'bot', 'text': 'Then', 'at': '%s',
                  'choices': ['Yes', 'No']}, {'author': 'user', 'text': 'Now', 'at': '%s'}]}"""
                .formatted(OLD, OLD, Instant.now().plusSeconds(20)));
        assertThat(answer.text("/status")).isIn("transferred", "pending");
        String id = "c" + slate.count();
        await().atMost(Duration.ofSeconds(30)).until(() -> slate.conversation(id).status.equals("open"));
        return id;
    }

    @Test
    void whatWasSaidLongBeforeBeginsWithItsTime() {
        String id = handOver();

        assertThat(slate.texts(id)).containsExactly("user: " + WHEN + "Long ago", "bot: " + WHEN + "Then\n1. Yes\n2. No",
                "user: Now");
        assertThat(slate.asked("post", id)).as("the first came with the conversation").hasSize(2);
    }

    @Test
    void whatWasSentWithoutAnAnswerIsFoundByAuthorTimeAndText() {
        AtomicInteger lost = new AtomicInteger();
        slate.before(step -> {
            boolean begins = step.equals("create-conversation done") && lost.compareAndSet(0, 1);
            boolean goesOn = step.equals("post done") && lost.compareAndSet(1, 2);
            if (begins || goesOn) {
                throw new IllegalStateException("the answer is lost");
            }
        });

        String id = handOver();

        assertThat(lost).hasValue(2);
        assertThat(slate.texts(id)).as("each once").containsExactly("user: " + WHEN + "Long ago",
                "bot: " + WHEN + "Then\n1. Yes\n2. No", "user: Now");
        slate.before(step -> { });
    }
}
