package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Every conversation of a file through its routing table, and through a second reading of the rules that is written here
 * with regular expressions. The system property {@code handoff.data} names the folder of the large file.
 */
@CamelSpringBootTest
@SpringBootTest(classes = RoutingApplication.class, webEnvironment = WebEnvironment.NONE, properties = {
    RoutingApplication.ALONE, RoutingApplication.ROUTE, RoutingApplication.H2,
    "handoff.sandbox=true", "handoff.bots.shop.keys=k1", "handoff.bots.shop.support=sandbox"})
class RealInputTest {

    private static final Path OWN = Path.of("src/test/resources");
    private static final Path LARGE = Path.of(System.getProperty("handoff.data", "../shared/data"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    Routing routing;
    @Autowired
    RoutingTables tables;
    @Autowired
    InMemoryTeams over;

    @Test
    void ownConversationsGoWhereTheyShould() throws IOException {
        assertThat(decideAll(OWN)).isEqualTo(Map.of("Billing", 4, "Returns", 4, "Orders", 3, "Tech Support", 5, "Sales", 4,
                "مبيعات الشرق الأوسط", 1, "Reception", 6, "(ask)", 3));
    }

    @Test
    void sixHundredConversationsGoWhereTheyShould() throws IOException {
        if (!Files.isRegularFile(LARGE.resolve("conversations.jsonl"))) {
            System.out.println("SKIPPED: no conversations.jsonl in " + LARGE.toAbsolutePath().normalize()
                    + " (system property handoff.data)");
            return;
        }
        assertThat(decideAll(LARGE)).isEqualTo(Map.of("Bookings", 153, "Front Desk", 43, "Gadgets", 21, "Home", 57,
                "Leisure", 113, "Payments", 22, "Travel", 191));
    }

    /** Decides all, checks each against the second reading, and counts per team. */
    private Map<String, Integer> decideAll(Path folder) throws IOException {
        JsonNode table = JSON.readTree(folder.resolve("routing.json").toFile());
        List<String> names = new ArrayList<>(List.of(table.get("default").asText()));
        table.get("teams").forEach(row -> names.add(row.get("team").asText()));
        over.has("sandbox", names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new));
        tables.put("shop", JSON.treeToValue(table, RoutingTable.class));

        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> decided = new LinkedHashMap<>();
        Map<String, Integer> totals = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("conversations.jsonl"))) {
            JsonNode conversation = JSON.readTree(line);
            List<String> intents = new ArrayList<>();
            conversation.get("unfinishedIntents").forEach(intent -> intents.add(intent.asText()));
            String team = secondReading(table, intents);
            totals.merge(team, 1, Integer::sum);
            expected.put(conversation.get("id").asText(), team.toLowerCase(Locale.ROOT));
            Decision decision = routing.decide("shop", new RoutingRequest(intents, null, null, false));
            decided.put(conversation.get("id").asText(), decision.team() == null ? "(ask)" : decision.team().name());
        }
        assertThat(decided).isEqualTo(expected);
        return totals;
    }

    private static String secondReading(JsonNode table, List<String> intents) {
        if (intents.isEmpty()) {
            return table.path("askIntent").asBoolean() ? "(ask)" : table.get("default").asText();
        }
        for (JsonNode row : table.get("teams")) {
            for (JsonNode pattern : row.get("intents")) {
                String regex = "(?iu)" + pattern.asText().replace(".", "\\.").replace("\\.*", "(\\..+)+");
                if (intents.stream().anyMatch(intent -> intent.matches(regex))) {
                    return row.get("team").asText();
                }
            }
        }
        return table.get("default").asText();
    }
}
