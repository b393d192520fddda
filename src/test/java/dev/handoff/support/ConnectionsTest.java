package dev.handoff.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import dev.handoff.HandoffProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is accepted and refused under {@code handoff.connections}, read as Spring reads it. */
class ConnectionsTest {

    private static final Map<String, Object> GOOD = Map.of(
            "handoff.connections.desk.system", "chatwoot",
            "handoff.connections.desk.settings.base-url", "https://desk.example.com/",
            "handoff.connections.desk.settings.account-id", 1,
            "handoff.connections.desk.settings.inbox-id", 3,
            "handoff.connections.desk.settings.token", "secret-token");
    private static final Path SUPPORT = Path.of("routes/support");

    @Test
    void aGoodConnection() {
        Connection desk = check(GOOD, Map.of()).get(0);

        assertThat(desk.settings()).isEqualTo(Map.of("base-url", "https://desk.example.com", "account-id", 1L,
                "inbox-id", 3L, "token", "secret-token"));
        assertThat(desk.capabilities().settlesIn()).isEqualTo(Duration.ofSeconds(20));
        assertThat(desk.capabilities().longestText()).isEqualTo(150_000);
        assertThat(desk.system().webhook().header()).isEqualTo("X-Chatwoot-Signature");
    }

    @Test
    void environmentVariablesLoseDashesAndTypes() {
        Connection desk = check(Map.of(), Map.of("HANDOFF_CONNECTIONS_DESK_SYSTEM", "chatwoot",
                "HANDOFF_CONNECTIONS_DESK_SETTINGS_BASEURL", "https://desk.example.com",
                "HANDOFF_CONNECTIONS_DESK_SETTINGS_ACCOUNTID", "1", "HANDOFF_CONNECTIONS_DESK_SETTINGS_INBOXID", "3",
                "HANDOFF_CONNECTIONS_DESK_SETTINGS_TOKEN", "0123",
                "HANDOFF_CONNECTIONS_DESK_CAPABILITIES_SETTLESIN", "5s")).get(0);

        assertThat(desk.settings()).containsEntry("account-id", 1L).containsEntry("token", "0123");
        assertThat(desk.capabilities().settlesIn()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anEnvironmentVariableWinsOverTheFile() {
        assertThat(check(GOOD, Map.of("HANDOFF_CONNECTIONS_DESK_SETTINGS_ACCOUNTID", "9")).get(0).settings())
                .containsEntry("account-id", 9L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "system | zendesk | chatwoot",
            "settings.base-url | desk.example.com | address",
            "settings.base-url | https://user:secret@desk.example.com | without user",
            "settings.account-id | one | integer",
            "settings.inbox-id | 0 | minimum: 1",
            "settings.token | '' | missing",
            "settings.tokenn | x | account-id, agent-bot-id, base-url",
            "capabilities.longest-text | none | whole number",
            "capabilities.find | true | settles-in",
            "mode | internal | not there yet",
            "mode | both | external",
            "timeout | 17s | handoff.lane.lease",
            "timeout | 0s | more than 0",
            "concurrency | 0 | at least 1",
            "messages-per-minute | 0 | no limit"})
    void whatIsWrongIsNamedWithItsMend(String key, String value, String word) {
        List<Problem> problems = refused(with(key, value), Map.of());

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("handoff.connections.desk." + key);
            assertThat(problem.message()).contains(word).doesNotContain("secret-token", "user:secret");
        });
    }

    @Test
    void everythingIsToldAtOnce() {
        Map<String, Object> properties = new HashMap<>(GOOD);
        properties.remove("handoff.connections.desk.settings.token");
        properties.put("handoff.connections.desk.settings.colour", "red");
        properties.put("handoff.connections.other.system", "nothing");

        assertThat(refused(properties, Map.of())).extracting(Problem::key).containsExactlyInAnyOrder(
                "handoff.connections.desk.settings.token", "handoff.connections.desk.settings.colour",
                "handoff.connections.other.system");
    }

    @Test
    void withoutAConnectionThereIsNothingToDo() {
        assertThat(refused(Map.of(), Map.of())).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("handoff.sandbox"));
    }

    @Test
    void anotherPartMayBringConnections() {
        HandoffProperties properties = bind(GOOD, Map.of());
        ConnectionSource sandbox = () -> Map.of("sandbox", properties.connections().get("desk"));

        assertThat(Connections.check(properties, List.of(sandbox), new SystemDescriptions(SUPPORT)))
                .extracting(Connection::name).containsExactly("desk", "sandbox");
        ConnectionSource clash = () -> Map.of("desk", properties.connections().get("desk"));
        assertThat(catchThrowableOfType(ConfigurationRefused.class,
                () -> Connections.check(properties, List.of(clash), new SystemDescriptions(SUPPORT))).problems())
                .singleElement().satisfies(problem -> assertThat(problem.key()).isEqualTo("handoff.connections.desk"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "notes: true | notes: maybe | boolean",
            "find: true | fynd: true | fynd",
            "settles-in: 20s | settles-in: soon | pattern",
            "means: limited | means: slow | known are not-sent",
            "required: [base-url, | required: [address, | address is not among the settings",
            "setting: inbox-id | setting: inbox | inbox is not among the settings",
            "secret: webhook-secret | secret: other | other is not among the settings",
            "title: Address | titel: Address | titel"})
    void faultsOfASystemsDescriptionAreToldWithTheirLine(String from, String to, String word, @TempDir Path folder)
            throws IOException {
        String text = Files.readString(SUPPORT.resolve("chatwoot/system.yaml"));
        assertThat(text).contains(from);
        Path file = Files.createDirectories(folder.resolve("chatwoot")).resolve("system.yaml");
        Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
        long line = text.substring(0, text.indexOf(from)).lines().count();

        List<Problem> problems = catchThrowableOfType(ConfigurationRefused.class,
                () -> Connections.check(bind(GOOD, Map.of()), List.of(), new SystemDescriptions(folder))).problems();

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.key()).startsWith(file + ":");
            assertThat(Long.parseLong(problem.key().substring(problem.key().lastIndexOf(':') + 1)))
                    .isBetween(line - 3, line);
            assertThat(problem.message()).contains(word);
        });
    }

    private static Map<String, Object> with(String key, String value) {
        Map<String, Object> properties = new HashMap<>(GOOD);
        properties.put("handoff.connections.desk." + key, value);
        return properties;
    }

    private static List<Problem> refused(Map<String, Object> properties, Map<String, Object> environment) {
        ConfigurationRefused refused =
                catchThrowableOfType(ConfigurationRefused.class, () -> check(properties, environment));
        assertThat(refused).as("the configuration is refused").isNotNull();
        return refused.problems();
    }

    private static List<Connection> check(Map<String, Object> properties, Map<String, Object> environment) {
        return Connections.check(bind(properties, environment), List.of(), new SystemDescriptions(SUPPORT));
    }

    private static HandoffProperties bind(Map<String, Object> properties, Map<String, Object> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", environment));
        sources.addLast(new MapPropertySource("file", properties));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bindOrCreate("handoff", HandoffProperties.class);
    }
}
