package dev.handoff.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Api;
import dev.handoff.App;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One handoff through Handoff's own HTTP API, there and back. It needs a server that keeps state. */
final class HandoffCases {

    private static final String GROUP = "handoff";
    private static final String BOT = "shop";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ANSWER = "Good morning, I am looking at it.";

    private HandoffCases() {
    }

    static List<Case> all(SystemFile file, Account account) {
        if (account.isRecorded()) {
            return List.of(Case.must("there-and-back", GROUP, scene -> {
                throw new NotTried("it needs a server that keeps state");
            }).unrecorded());
        }
        List<Case> cases = new ArrayList<>();
        cases.add(Case.must("there-and-back", GROUP, scene -> thereAndBack(scene, false)));
        if (!file.webhook().isMissingNode()) {
            cases.add(Case.may("there-and-back-by-webhook", GROUP, scene -> thereAndBack(scene, true)));
        }
        return cases;
    }

    private static void thereAndBack(Scene scene, boolean webhook) throws Exception {
        if (webhook && !scene.people.can("register-webhook")) {
            throw new NotTried("it needs the route " + scene.account.system() + "-register-webhook in agent.camel.yaml");
        }
        try (App app = App.start(properties(scene, webhook))) {
            if (webhook) {
                scene.people.perform("register-webhook", Map.of(), app.url() + "/v1/webhooks/" + RunningRoutes.MAIN);
            }
            talk(scene, app.bot());
        } finally {
            if (webhook && scene.people.can("remove-webhook")) {
                scene.people.perform("remove-webhook", Map.of(), null);
            }
        }
    }

    private static void talk(Scene scene, Api bot) {
        String session = scene.in.id("kit");
        bot.message(session, "user", "Hello, I need a room in Bern.");
        bot.message(session, "bot", "For which night?");
        Api.Answer handoff = bot.handoff(session, "{'wait': 30, 'team': '%s', 'user': {'id': '%s', 'name': 'Ana Lima'}}"
                .formatted(scene.account.team().id(), scene.in.id("u-1")));
        soon(() -> bot.session(session).text("/conversation/id"), id -> id != null && handed(bot, session),
                "the handoff is confirmed", handoff.body());
        Map<String, String> refs = Map.of("conversation", bot.session(session).text("/conversation/id"));

        scene.people.note(refs, "A VIP, be careful.");
        scene.people.reply(refs, ANSWER);
        soon(() -> bot.log(session), log -> said(log, "agent", ANSWER) == 1, "the agent's answer in the log", "");
        Mismatch.unless(bot.session(session).text("/control").equals("agent"), "control: agent, after an answer",
                bot.session(session).body(), "see read-reply");
        bot.message(session, "user", "Thank you.");
        soon(() -> written(scene, "Thank you."), sent -> !sent.isEmpty(), "the user's late message is sent", "");
        scene.people.resolve(refs);
        soon(() -> bot.log(session), log -> last(log, "closed"), "closed in the log, when the agent is done", "");
        Mismatch.unless(!bot.log(session).toString().contains("VIP"), "no private note in the log", bot.log(session),
                "see read-note: the user reads it");
        Mismatch.unless(said(bot.log(session), "agent", "For which night?") == 0, "no echo of the bot's words",
                bot.log(session), "see read-own");
        List<Integer> order = List.of("Hello, I need a room in Bern.", "For which night?", "Thank you.").stream()
                .flatMap(text -> written(scene, text).stream()).toList();
        Mismatch.unless(order.size() == 3 && order.equals(order.stream().sorted().toList()),
                "each message sent once, in the order of the log", "requests " + order, "see post-order");
    }

    private static boolean handed(Api bot, String session) {
        return !"bot".equals(bot.session(session).text("/control"));
    }

    /** Which of the requests wrote the text. */
    private static List<Integer> written(Scene scene, String text) {
        List<Wire.Exchange> all = scene.wire.exchanges();
        return IntStream.range(0, all.size()).filter(i -> !all.get(i).sent().method().equals("GET")
                && all.get(i).sent().text().contains(text)).boxed().toList();
    }

    private static long said(JsonNode log, String author, String text) {
        long said = 0;
        for (JsonNode entry : log) {
            said += entry.path("side").asText().equals("support") && entry.path("author").asText().equals(author)
                    && entry.path("text").asText().equals(text) ? 1 : 0;
        }
        return said;
    }

    private static boolean last(JsonNode log, String kind) {
        return log.size() > 0 && log.get(log.size() - 1).path("kind").asText().equals(kind);
    }

    private static <T> void soon(Callable<T> look, Predicate<T> holds,
            String expected, Object more) {
        Object[] last = {more};
        try {
            Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                T now = look.call();
                last[0] = now instanceof Api.Answer answer ? answer.body() : now;
                return holds.test(now);
            });
        } catch (ConditionTimeoutException e) {
            throw new Mismatch(expected, last[0] + " " + more, "look at the session's lastError; begin with the cases above");
        }
    }

    private static Map<String, Object> properties(Scene scene, boolean webhook) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", 0);
        properties.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.config.location", "classpath:/application.yaml");
        properties.put("logging.level.root", "warn");
        properties.put("handoff.sandbox", false);
        properties.put("handoff.bots." + BOT + ".keys[0]", App.BOT_KEY);
        properties.put("handoff.bots." + BOT + ".support[0]", RunningRoutes.MAIN);
        properties.put("handoff.admin.keys[0]", App.ADMIN_KEY);
        RunningRoutes.connection(properties, RunningRoutes.MAIN, scene.account.system(), scene.account.settings());
        // Without webhooks it is asked often; with them, only by them.
        properties.put("handoff.connections." + RunningRoutes.MAIN + ".sweep", webhook ? "1h" : "500ms");
        return properties;
    }
}
