package dev.handoff.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.Api;
import dev.handoff.AppProcess;
import dev.handoff.JavaProcess;

/** The support system: a process that is steered, worked in and read over HTTP. */
final class SandboxProcess implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(240);

    private final Process process;
    private final int port;
    private final Api api;
    private ArrayNode faults = Api.JSON.createArrayNode();

    private SandboxProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.api = new Api("http://127.0.0.1:" + port + "/sandbox", null);
    }

    static SandboxProcess start() {
        int port = AppProcess.freePort();
        try {
            Path log = Files.createTempFile("sandbox-process", ".log");
            Process process = JavaProcess.start(SandboxMain.class, log, List.of(), List.of(Integer.toString(port)));
            SandboxProcess sandbox = new SandboxProcess(process, port);
            await().atMost(STARTS_WITHIN).ignoreExceptions()
                    .failFast("the sandbox ended: " + log, () -> !process.isAlive()).until(sandbox::answers);
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    private boolean answers() {
        return api.get("/faults").status() == 200;
    }

    /** From now on these go wrong, as the control API names them. */
    void faults(ArrayNode now) {
        faults = now;
        require(api.put("/faults", now));
    }

    /** Takes it away for so long; control included. */
    void down(Duration time) {
        ArrayNode all = faults.deepCopy();
        all.addObject().put("kind", "down").put("millis", time.toMillis());
        require(api.put("/faults", all));
    }

    /** Waits until it is back, and lets nothing go wrong any more. */
    void heal() {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(this::answers);
        faults(Api.JSON.createArrayNode());
        webhookFaults(Api.json("{'drop': 0, 'repeat': 0, 'again': 0, 'late': 0, 'swap': 0}"));
    }

    void webhookFaults(JsonNode now) {
        require(api.put("/webhook-faults", now));
    }

    /** Lets it tell what happens. @param inbox whether that is the inbox's address, else the account's */
    void tell(String url, String secret, boolean inbox) {
        ObjectNode hook = Api.JSON.createObjectNode().put("url", url).put("secret", secret).put("inbox", inbox);
        hook.putArray("kinds");
        require(api.post("/webhooks", hook));
    }

    /** How often each fault has hit, by its kind. */
    JsonNode faultCounts() {
        return api.get("/calls").body().path("faults");
    }

    /** One line for each conversation, the newest first. */
    JsonNode conversations() {
        return require(api.get("/conversations")).path("conversations");
    }

    /** A conversation with all its messages, as an agent sees it. */
    JsonNode conversation(long id) {
        return require(api.get("/conversations/" + id));
    }

    /** What an agent does; it may come to nothing, since the support system may be down. */
    void act(long conversation, String action, ObjectNode how) {
        try {
            api.post("/conversations/" + conversation + "/" + action, how);
        } catch (IllegalStateException down) {
            // Whether it was done is seen in the conversation.
        }
    }

    private static JsonNode require(Api.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " of the sandbox: " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
