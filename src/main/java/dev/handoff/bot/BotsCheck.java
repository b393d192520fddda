package dev.handoff.bot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.handoff.ConfigurationCheck;
import dev.handoff.HandoffProperties;
import dev.handoff.Problem;

import org.springframework.stereotype.Component;

/** What can be wrong with {@code handoff.bots}, but for their routing. */
@Component
class BotsCheck implements ConfigurationCheck {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private final DeclaredBotIds declared;

    BotsCheck(DeclaredBotIds declared) {
        this.declared = declared;
    }

    @Override
    public List<Problem> problems(HandoffProperties properties) {
        List<Problem> problems = new ArrayList<>();
        declared.written().stream().filter(id -> !ID.matcher(id).matches()).forEach(id -> problems.add(new Problem(
                "handoff.bots." + id, "a bot's id is 1 to 64 letters of a to z, digits and hyphens, and begins with a"
                + " letter or digit; rename it")));
        Map<String, String> keyOwners = new HashMap<>();
        properties.admin().keys().forEach(key -> keyOwners.put(key, "handoff.admin.keys"));
        ConnectionNames connections = ConnectionNames.of(properties);
        properties.bots().forEach((id, bot) -> {
            keys("handoff.bots." + id + ".keys", bot.keys(), keyOwners, problems);
            connections.faults(bot.support()).forEach((i, fault) -> problems.add(
                    new Problem("handoff.bots." + id + ".support[" + i + "]", fault)));
            time("handoff.bots." + id + ".deadline", bot.deadline(), problems);
            time("handoff.bots." + id + ".failover", bot.failover(), problems);
        });
        return problems;
    }

    private static void time(String path, Duration time, List<Problem> problems) {
        if (time.toMillis() < 1) {
            problems.add(new Problem(path, "must be more than 0, such as 2m"));
        }
    }

    private static void keys(String path, List<String> keys, Map<String, String> owners, List<Problem> problems) {
        if (keys.isEmpty()) {
            problems.add(new Problem(path, "is missing: give the bot at least one bearer key, for instance the output of"
                    + " openssl rand -hex 32"));
        }
        for (int i = 0; i < keys.size(); i++) {
            String at = path + "[" + i + "]";
            String key = keys.get(i);
            if (key == null || key.isBlank() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                problems.add(new Problem(at, "must be printable ASCII without blanks, as a bearer key is sent"));
                continue;
            }
            String owner = owners.putIfAbsent(key, at);
            if (owner != null) {
                problems.add(new Problem(at, "is the same key as " + owner + ": a key opens one thing only, make a new one"));
            }
        }
    }
}
