package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** A support system is a folder of routes: only the stand-in, which plays one, knows any by name. */
class VendorNamesTest {

    private static final Pattern NAMES = Pattern.compile("(?i)chatwoot|zendesk|sunshine|smooch|intercom|request.?tracker|"
            + "\\brt[45]?\\b|freshchat|freshdesk|zammad|rocket.?chat|livechat|hubspot|help.?scout|crisp|tiledesk|genesys|"
            + "twilio|salesforce|slack|front.?app|servicenow|jira");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static boolean isOfTheStandIn(Path file) {
        return file.startsWith("src/main/java/dev/handoff/sandbox");
    }

    @Test
    void noVendorIsNamedInJava() throws IOException {
        for (Path file : sources().stream().filter(file -> !isOfTheStandIn(file)).toList()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).noneMatch(line -> NAMES.matcher(line).find());
        }
    }

    @Test
    void theNamesWouldBeFound() throws IOException {
        StringBuilder standIn = new StringBuilder();
        for (Path file : sources().stream().filter(VendorNamesTest::isOfTheStandIn).toList()) {
            standIn.append(Files.readString(file));
        }
        assertThat(NAMES.matcher(standIn).results().count()).isGreaterThan(10);
    }
}
