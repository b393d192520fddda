package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.handoff.HandoffProperties;
import dev.handoff.session.Team;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** A connection of {@code application.yaml} in place of the account that {@code account.yaml} describes. */
final class LiveAccount {

    static final String LIVE = "live";

    private static final String FILE = "application.yaml";
    private static final String SERVER = "{server}";

    private LiveAccount() {
    }

    /** @throws NotReady if there is no such connection */
    static HandoffProperties.Connection connection(String name) {
        return connection(name, Path.of(FILE));
    }

    static HandoffProperties.Connection connection(String name, Path file) {
        StandardEnvironment environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader().load(FILE, new FileSystemResource(file))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bind("handoff.connections." + name, HandoffProperties.Connection.class)
                .orElseThrow(() -> new NotReady("There is no connection " + name + " under handoff.connections in "
                        + file.toAbsolutePath() + "; declare it as for a start."));
    }

    /** The account with the connection's settings; the settings that lead to the server lead through the kit. */
    static Account of(Account account, HandoffProperties.Connection connection) {
        if (!account.system().equals(connection.system())) {
            throw new NotReady("The connection is to " + connection.system() + ", not to " + account.system()
                    + ": say -Dsupport=" + connection.system());
        }
        ObjectNode json = account.json().deepCopy();
        ObjectNode settings = json.putObject("settings");
        Map<String, Object> before = account.settings();
        named(account, connection).forEach((name, value) -> {
            boolean address = String.valueOf(before.get(name)).contains(SERVER);
            settings.put(name, address ? SERVER + URI.create(value.toString()).getRawPath() : value.toString());
        });
        // Who answers over there, and with which token, is another one for each account.
        ObjectNode agent = json.withObject("/agent");
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith("agent."))
                .forEach(name -> agent.put(name.substring("agent.".length()), System.getProperty(name)));
        return new Account(account.folder(), account.routes(), json.put("server", LIVE));
    }

    /** Where the settings lead. */
    static OtherSide side(Account account, HandoffProperties.Connection connection) {
        Map<String, Object> given = named(account, connection);
        String address = account.settings().entrySet().stream()
                .filter(setting -> String.valueOf(setting.getValue()).contains(SERVER))
                .map(setting -> given.get(setting.getKey())).filter(value -> value != null)
                .map(Object::toString).findFirst().orElseThrow(() -> new NotReady("None of the connection's settings is "
                        + "an address; in account.yaml it is the one with {server}."));
        URI uri = URI.create(address);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("server", uri.getScheme() + "://" + uri.getRawAuthority());
        return new OtherSide("the live account at " + uri.getHost(), values, () -> { });
    }

    /** The settings by the names that they have in {@code system.yaml}: the environment knows no dashes. */
    private static Map<String, Object> named(Account account, HandoffProperties.Connection connection) {
        Map<String, String> names = new LinkedHashMap<>();
        account.settings().keySet().forEach(name -> names.put(uniform(name), name));
        Map<String, Object> named = new LinkedHashMap<>();
        connection.settings().forEach((name, value) -> named.put(names.getOrDefault(uniform(name), name), value));
        return named;
    }

    private static String uniform(String name) {
        return ConfigurationPropertyName.adapt(name, '.').getLastElement(Form.UNIFORM);
    }

    /** The teams that are there, where those of {@code account.yaml} are not. */
    static Account withTeams(Account account, List<Team> teams) {
        ObjectNode json = account.json().deepCopy();
        if (teams.isEmpty()) {
            throw new NotReady("The live account has no teams; the kit needs one, better two.");
        }
        List<Team> own = teams.stream().anyMatch(team -> team.id().equals(account.team().id()))
                ? List.of(account.team(), account.otherTeam()) : List.of(teams.get(0), teams.get(teams.size() - 1));
        json.putObject("team").put("id", own.get(0).id()).put("name", own.get(0).name());
        json.putObject("other-team").put("id", own.get(1).id()).put("name", own.get(1).name());
        return new Account(account.folder(), account.routes(), json);
    }
}
