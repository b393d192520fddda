package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.handoff.Api.Answer;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** One connection's trouble is said in words, is nobody else's, and tells no secrets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class TroubleTest {

    private static final String SECRET = "a-secret-nobody-may-see";

    private SandboxServer desk;
    private SandboxServer slow;
    private App app;

    @BeforeAll
    void start() {
        desk = Desks.start(SandboxSeed.standard(), new ChatwootContract());
        slow = Desks.start(SandboxSeed.standard(), new ChatwootContract());
        var properties = App.properties(Database.H2.create(), desk);
        App.connection(properties, "slow", slow);
        properties.put("handoff.connections.slow.concurrency", 4);
        App.bot(properties, "patient", "patient-key-0123456789", "slow");
        for (String wrong : List.of("token", "account-id", "inbox-id", "base-url")) {
            String name = "wrong-" + wrong;
            App.connection(properties, name, desk);
            properties.put("handoff.connections." + name + ".settings." + wrong,
                    wrong.endsWith("-id") ? "99" : wrong.equals("token") ? SECRET : "http://localhost:1");
            App.bot(properties, name, name + "-key-0123456789", name);
        }
        app = App.start(properties);
    }

    @AfterEach
    void mend() {
        desk.faults().clear();
        slow.faults().clear();
    }

    @AfterAll
    void stop() {
        app.close();
        desk.stop();
        slow.stop();
    }

    private Api bot(String id) {
        return new Api(app.url() + "/v1/bots/" + id, id + "-key-0123456789");
    }

    @ParameterizedTest
    @CsvSource({"token, 401", "account-id, 404", "inbox-id, 404", "base-url,"})
    void aWrongSettingIsNamedAndNothingIsLost(String setting, Integer status) {
        String session = "s-" + UUID.randomUUID();
        Api bot = bot("wrong-" + setting);
        Answer answer = bot.handoff(session, "{'wait': 0, 'history': [{'author': 'user', 'text': 'Hi'}],"
                + " 'unfinishedIntents': ['banks_2.Pay']}");

        assertThat(answer.text("/status")).isEqualTo("pending");
        await().untilAsserted(() -> assertThat(bot.session(session).text("/lastError/message"))
                .contains("settings." + setting).doesNotContain(SECRET));
        Answer state = bot.session(session);
        assertThat(state.text("/control")).isEqualTo("queue");
        assertThat(state.body().at("/lastError/httpStatus").isMissingNode() ? null
                : Integer.valueOf(state.body().at("/lastError/httpStatus").asInt())).isEqualTo(status);
        Answer check = app.admin().post("/connections/wrong-" + setting + "/check", "{}");
        assertThat(check.body().path("ok").asBoolean()).isFalse();
        assertThat(check.body().toString()).contains(setting).doesNotContain(SECRET);
    }

    @Test
    void aHangingConnectionHoldsUpNobodyElse() {
        slow.faults().add(Fault.of(Fault.Kind.HANG_BEFORE));
        Api patient = bot("patient");
        List<CompletableFuture<Answer>> waiting = IntStream.range(0, 100).mapToObj(i -> patient.postAsync(
                "/sessions/w-" + i + "/handoff", Api.json("{'wait': 30, 'unfinishedIntents': ['banks_2.Pay']}")))
                .toList();
        await().until(() -> patient.session("w-99").status() == 200);

        List<CompletableFuture<Answer>> others = IntStream.range(0, 50).mapToObj(i -> app.bot().postAsync(
                "/sessions/o-" + i + "/handoff", Api.json("{'wait': 30, 'team': 'Travel'}"))).toList();
        assertThat(others).extracting(CompletableFuture::join).extracting(answer -> answer.text("/status"))
                .containsOnly("transferred");
        assertThat(waiting).as("they began to wait before, for 30 s").noneMatch(CompletableFuture::isDone);

        slow.faults().clear();
        assertThat(waiting).extracting(CompletableFuture::join).extracting(answer -> answer.text("/status"))
                .containsOnly("transferred");
    }

    @Test
    void whoComesWhileNobodyAnswersIsToldWhy() {
        Api patient = bot("patient");
        slow.down();
        try {
            IntStream.range(0, 10).forEach(i -> patient.handoff("d-" + i, "{'wait': 0, 'team': 'Travel'}"));
            await().until(() -> IntStream.range(0, 10)
                    .allMatch(i -> patient.session("d-" + i).text("/lastError/message") != null));
            patient.handoff("late", "{'wait': 0, 'team': 'Travel'}");
            await().untilAsserted(() -> assertThat(patient.session("late").text("/lastError/message"))
                    .contains("cannot be reached"));
        } finally {
            slow.up();
        }

        await().untilAsserted(() -> assertThat(IntStream.range(0, 10).mapToObj(i -> "d-" + i))
                .allSatisfy(session -> assertThat(patient.log(session).toString()).contains("\"assigned\"")));
        await().until(() -> patient.log("late").toString().contains("\"assigned\""));
        assertThat(patient.session("late").text("/lastError/message")).isNull();
    }

    @Test
    void logLinesOfASessionCarryItsIdAndNoText(CapturedOutput output) {
        String session = "s-" + UUID.randomUUID();
        String text = "text-" + UUID.randomUUID();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_AFTER).on("POST", "/messages").next(1));
        desk.faults().add(Fault.of(Fault.Kind.RESET_AFTER).on("POST", "/contacts").next(1));
        Answer answer = app.bot().handoff(session, """
                {'wait': 30, 'team': 'Travel', 'user': {'id': '%s', 'name': '%s', 'email': '%s@example.org'},
                 'note': '%s', 'history': [{'author': 'user', 'text': '%s'}]}"""
                .formatted(session, text, text, text, text));

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(output.getAll()).doesNotContain(text).doesNotContain(SandboxSeed.TOKEN + "\"")
                .doesNotContain(App.BOT_KEY).doesNotContain(App.ADMIN_KEY);
        assertThat(output.getAll().lines().filter(line -> line.contains("[shop/" + session + "]")))
                .anyMatch(line -> line.contains("Handed over")).anyMatch(line -> line.contains("failed"));
    }
}
