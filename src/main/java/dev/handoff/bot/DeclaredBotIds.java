package dev.handoff.bot;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * The ids of bots as somebody wrote them. Spring Boot's binder drops what is not a letter, digit or hyphen from a
 * map's key ({@code shop_1} becomes {@code shop1}); the bot would exist under another name, and nobody would say so.
 */
@Component
class DeclaredBotIds {

    private static final Pattern KEY = Pattern.compile("handoff\\.bots(?:\\.([^.\\[]+)|\\[([^\\]]*)\\]).*", Pattern.DOTALL);

    private final ConfigurableEnvironment environment;

    DeclaredBotIds(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    Set<String> written() {
        Set<String> ids = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    Matcher key = KEY.matcher(name);
                    if (key.matches()) {
                        ids.add(key.group(1) != null ? key.group(1) : key.group(2));
                    }
                }
            }
        }
        return ids;
    }
}
