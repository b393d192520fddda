package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.handoff.bot.Bots;
import dev.handoff.routing.RoutingApplication;
import dev.handoff.routing.RoutingTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts with an application.yaml that cannot be meant, and reads what is printed. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationRefusalTest {

    @TempDir
    Path folder;

    @Test
    void everythingWrongIsToldAtOnce(CapturedOutput output) {
        refused("""
                handoff:
                  sandbox: true
                  admin: {keys: [operators-key]}
                  connections:
                    desk: {system: chatwoot}
                  bots:
                    shop_1: {keys: [a]}
                    "[ünder.score]": {keys: [b]}
                    bare: {support: [sandbox]}
                    shop:
                      keys: [same-key, "two words", operators-key]
                      support: [desk, dask, sandbox, desk]
                      deadline: 0s
                      failover: -1m
                      routing:
                        default: ""
                        ask-intent: true
                        teams:
                          - team: Travel
                            intents: [flights.*, flights..Book, "*"]
                          - intents: [hotels.*]
                        ask:
                          - intent: flights.*
                    bank: {keys: [same-key]}
                """);
        assertThat(output)
                .contains("handoff.bots.shop_1: a bot's id is")
                .contains("handoff.bots.ünder.score: a bot's id is")
                .contains("handoff.bots.bare.keys: is missing")
                .contains("handoff.bots.shop.keys[1]: must be printable ASCII")
                .contains("handoff.bots.shop.keys[2]: is the same key as handoff.admin.keys")
                .contains("handoff.bots.shop.support[1]: there is no connection \"dask\"; known are desk, sandbox")
                .contains("handoff.bots.shop.support[3]: names \"desk\" a second time")
                .contains("handoff.bots.shop.deadline: must be more than 0")
                .contains("handoff.bots.shop.failover: must be more than 0")
                .contains("handoff.bots.shop.routing.default: is empty")
                .contains("handoff.bots.shop.routing.teams[0].intents[1]: \"flights..Book\" has an empty segment")
                .contains("handoff.bots.shop.routing.teams[0].intents[2]: \"*\" has no prefix")
                .contains("handoff.bots.shop.routing.teams[1].team: is empty")
                .contains("handoff.bots.shop.routing.ask[0].intent: \"flights.*\" is a prefix")
                .contains("handoff.bots.bank.keys[0]: is the same key as handoff.bots.shop.keys[0]")
                .contains("APPLICATION FAILED TO START")
                .doesNotContain("two words").doesNotContain("operators-key").doesNotContain("same-key,")
                .doesNotContain("\tat ");
    }

    @Test
    void whatIsWrongWithACallbackIsToldByItsKey(CapturedOutput output) {
        refused("""
                handoff:
                  sandbox: true
                  bots:
                    shop:
                      keys: [k]
                      support: [sandbox]
                      callback: {url: "ftp://bot.example.org", secret: top-secret-of-shop, timeout: 30s, concurrency: 0}
                    bank:
                      keys: [l]
                      support: [sandbox]
                      callback: {url: "https://user:word@bot.example.org/", secret-previous: whsec_dG9vIHNob3J0, timeout: 0s}
                """);
        assertThat(output)
                .contains("handoff.bots.shop.callback.url: must be the http or https address")
                .contains("handoff.bots.shop.callback.secret: must be whsec_ followed by")
                .contains("handoff.bots.shop.callback.timeout: is too long for handoff.lane.lease")
                .contains("handoff.bots.shop.callback.concurrency: must be at least 1")
                .contains("handoff.bots.bank.callback.url: must be the http or https address")
                .contains("handoff.bots.bank.callback.secret: must be whsec_")
                .contains("handoff.bots.bank.callback.secret-previous: must be whsec_")
                .contains("handoff.bots.bank.callback.timeout: must be more than 0")
                .contains("APPLICATION FAILED TO START")
                .doesNotContain("top-secret-of-shop").doesNotContain("user:word").doesNotContain("dG9vIHNob3J0");
    }

    @Test
    void theSandboxIsAConnectionOnlyWhenItRuns(CapturedOutput output) {
        refused("handoff: {bots: {demo: {keys: [k], support: [sandbox]}}}");
        assertThat(output).contains("handoff.bots.demo.support[0]: there is no connection \"sandbox\"; none is declared: add"
                + " one under handoff.connections, or set handoff.sandbox to true");
    }

    @Test
    void nothingToAskIsToldByItsKey(CapturedOutput output) {
        refused("handoff: {bots: {demo: {keys: [k], routing: {default: A, ask-intent: true}}}}");
        assertThat(output).contains("handoff.bots.demo.routing.ask-intent: is true, but there is nothing to ask");
    }

    @Test
    void unknownKeysAreToldWithTheKeyThatWasMeant(CapturedOutput output) {
        refused("""
                handoff:
                  sandbx: true
                  bots:
                    shop:
                      keys: [k]
                      suport: [top-secret]
                      routing:
                        askintent: true
                        dfault: A
                        ask-intnt: true
                        teams:
                          - team: A
                            intent: [a]
                          - name: B
                            intents: {x: y}
                  admin: {keys: {a: {b: c}}}
                """);
        assertThat(output)
                .containsPattern("handoff\\.sandbx \\(.*application\\.yaml\\].* - 2:11\\): did you mean handoff\\.sandbox\\?")
                .containsPattern("handoff\\.bots\\.shop\\.suport\\[0\\] \\(.*\\): did you mean handoff\\.bots\\.shop\\.support\\?")
                .containsPattern("handoff\\.bots\\.shop\\.routing\\.ask-intnt \\(.*\\): did you mean"
                        + " handoff\\.bots\\.shop\\.routing\\.ask-intent\\?")
                .containsPattern("handoff\\.bots\\.shop\\.routing\\.dfault \\(.*\\): did you mean"
                        + " handoff\\.bots\\.shop\\.routing\\.default\\?")
                .containsPattern("handoff\\.bots\\.shop\\.routing\\.teams\\[0\\]\\.intent\\[0\\] \\(.*\\): did you mean"
                        + " handoff\\.bots\\.shop\\.routing\\.teams\\[0\\]\\.intents\\?")
                .containsPattern("handoff\\.bots\\.shop\\.routing\\.teams\\[1\\]\\.name \\(.*\\): known under"
                        + " handoff\\.bots\\.shop\\.routing\\.teams\\[1\\] are intents, team")
                .containsPattern("handoff\\.admin\\.keys\\.a\\.b \\(.*\\): handoff\\.admin\\.keys is a list")
                .contains("APPLICATION FAILED TO START")
                .doesNotContain("top-secret").doesNotContain("routing.askintent (").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "handoff: {bots: {bare: }}               | handoff.bots.bare: has no value that fits; write callback, deadline, failover, keys, routing, support below",
        "handoff: {bots: {bare: top-secret}}     | handoff.bots.bare: has no value that fits; write callback, deadline, failover, keys, routing, support below",
        "handoff: {bots: {a: {routing: }}}       | handoff.bots.a.routing: has no value that fits; write ask, ask-intent,",
        "handoff: {connections: {desk: }}        | handoff.connections.desk: has no value that fits; write capabilities,",
        "handoff: {bots: top-secret}             | handoff.bots: has no value that fits; write your own names below it",
    })
    void aSectionWithNothingBelowItIsToldByItsKey(String yaml, String words, CapturedOutput output) {
        refused(yaml);
        assertThat(output).contains(words).doesNotContain("top-secret");
    }

    @Test
    void everythingRightStarts() throws IOException {
        try (ConfigurableApplicationContext context = start("""
                handoff:
                  sandbox: true
                  bots:
                    Shop-1:
                      keys: [k]
                      support: [sandbox]
                      routing:
                        default: 7
                        ask-intent: true
                        teams: [{team: Travel, intents: [flights_3.*, Visa]}]
                        ask: [{intent: Visa, label: {en: A visa, de-AT: Ein Visum}}]
                    open: {keys: [l]}
                """)) {
            assertThat(context.getBean(Bots.class).ids()).containsExactlyInAnyOrder("Shop-1", "open");
            assertThat(context.getBean(RoutingTables.class).of("Shop-1").orElseThrow().defaultTeam()).isEqualTo("7");
        }
    }

    @Test
    void theEnvironmentDeclaresAsTheFileDoes() throws IOException {
        SpringApplication application = application();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
                Map.of("HANDOFF_SANDBOX", "true", "HANDOFF_BOTS_SHOP_KEYS_0", "k",
                        "HANDOFF_BOTS_SHOP_SUPPORT_0", "sandbox", "HANDOFF_BOTS_SHOP_ROUTING_DEFAULT", "Front Desk",
                        "HANDOFF_BOTS_SHOP_ROUTING_ASKINTENT", "true",
                        "HANDOFF_BOTS_SHOP_ROUTING_TEAMS_0_TEAM", "Travel",
                        "HANDOFF_BOTS_SHOP_ROUTING_TEAMS_0_INTENTS_0", "flights_3.*",
                        "HANDOFF_BOTS_SHOP_ROUTING_TEAMS_0_INTENTS_1", "Visa")));
        application.setEnvironment(environment);
        try (ConfigurableApplicationContext context = application.run(arguments(""))) {
            assertThat(context.getBean(Bots.class).get("shop").support()).containsExactly("sandbox");
            assertThat(context.getBean(RoutingTables.class).of("shop").orElseThrow()).hasToString(
                    "RoutingTable[defaultTeam=Front Desk, askIntent=true,"
                    + " teams=[Row[team=Travel, intents=[flights_3.*, Visa]]], ask=[]]");
        }
    }

    @Test
    void aTableWithRowsThatCannotWinStartsAndWarns(CapturedOutput output) throws IOException {
        start("""
                handoff:
                  sandbox: true
                  bots:
                    shop:
                      keys: [k]
                      support: [sandbox]
                      routing: {default: A, teams: [{team: A, intents: [a.*]}, {team: B, intents: [a.B]}]}
                """).close();
        assertThat(output).contains("The routing table of the bot shop: row 2 (B) can never win");
    }

    private void refused(String yaml) {
        assertThatThrownBy(() -> start(yaml).close()).isInstanceOf(Exception.class);
    }

    private ConfigurableApplicationContext start(String yaml) throws IOException {
        return application().run(arguments(yaml));
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(RoutingApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    private String[] arguments(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yaml"), yaml);
        return new String[] {"--spring.config.location=" + file.toUri(), "--" + RoutingApplication.H2,
            "--camel.main.routes-include-pattern=file:routes/handoff/resolve-team.camel.yaml"};
    }
}
