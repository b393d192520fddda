package dev.handoff.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.handoff.routes.YamlFile;
import dev.handoff.session.Team;

/**
 * What {@code account.yaml} says of a system: who plays it, and what is there.
 *
 * @param folder   where {@code account.yaml} is
 * @param routes   the folder that holds the systems' folders
 * @param json     the file, its placeholders filled as far as they are known
 */
record Account(Path folder, Path routes, JsonNode json) {

    /** Where the projects' files are. */
    static final Path FILES = Path.of("src/test/resources/support");
    static final Path ROUTES = Path.of("routes/support");

    static final String NAME = "account.yaml";
    private static final String KNOWN = "known-differences";

    private static final List<String> REQUIRED = List.of("server", "settings", "team", "other-team", "unknown-team",
            "agent");
    private static final List<String> OPTIONAL = List.of("published", "base-path", "refs", "gone", KNOWN, "cannot");

    /** A place where the published description is wrong. */
    record Known(String call, String at, String says, String because) {

        private static final Set<String> KEYS = Set.of("call", "at", "says", "because");
        private static final Set<String> NEEDED = Set.of("call", "says", "because");

        /** Entries that say less than they seem to, or more. */
        static List<String> problems(YamlFile yaml) {
            List<String> problems = new ArrayList<>();
            JsonNode all = yaml.json().path(KNOWN);
            for (int i = 0; i < all.size(); i++) {
                List<String> keys = new ArrayList<>();
                all.get(i).fieldNames().forEachRemaining(keys::add);
                if (!KEYS.containsAll(keys) || !keys.containsAll(NEEDED)) {
                    problems.add(yaml.problem("an entry has call, says and because, and may have at; this one has "
                            + String.join(", ", keys) + ". A text with a comma needs quotes.", KNOWN, i).toString());
                }
            }
            return problems;
        }

        static Known of(Breach breach) {
            return new Known(breach.call(), breach.pointer(), breach.message(), "why the description is wrong");
        }

        boolean explains(Breach breach) {
            return breach.call().endsWith(call) && breach.pointer().equals(at) && breach.message().contains(says);
        }

        /** As it is written in the file. */
        @Override
        public String toString() {
            return "{call: " + quoted(call) + (at.isEmpty() ? "" : ", at: " + quoted(at)) + ", says: " + quoted(says)
                    + ", because: " + quoted(because) + "}";
        }

        private static String quoted(String text) {
            return TextNode.valueOf(text).toString();
        }
    }

    /**
     * @param file     of the description
     * @param basePath what addresses have before its paths
     */
    record Published(String file, String basePath) {
    }

    /** @throws NotReady saying what to write, and where */
    static Account read(Path folder, Path routes) {
        Path file = folder.resolve(NAME);
        String system = folder.getFileName().toString();
        if (!Files.exists(routes.resolve(system).resolve("system.yaml"))) {
            throw new NotReady("There is no " + routes.resolve(system).resolve("system.yaml")
                    + ": a support system is a folder of routes with that file in it; see " + routes + "/README.md.");
        }
        if (!Files.exists(file)) {
            throw new NotReady("The kit does not know who plays " + system + ": write " + file + ", as " + FILES
                    + "/README.md describes it. The shortest one:\n\n  server: recorded\n  settings: {base-url: \"{server}\"}"
                    + "\n  team: {id: \"1\", name: A team}\n  other-team: {id: \"2\", name: Another}"
                    + "\n  unknown-team: {id: \"999\", name: Nowhere}\n  agent: {id: \"3\", name: An agent}"
                    + "\n  refs: {user: {…}, conversation: {conversation: \"4\"}}\n");
        }
        YamlFile yaml = KitFile.account(file);
        JsonNode json = yaml.json();
        List<String> problems = new ArrayList<>();
        json.fieldNames().forEachRemaining(key -> {
            if (!REQUIRED.contains(key) && !OPTIONAL.contains(key)) {
                problems.add(file + ": there is no key " + key + "; known are " + REQUIRED + " and " + OPTIONAL);
            }
        });
        problems.addAll(Known.problems(yaml));
        REQUIRED.stream().filter(key -> !json.has(key)).forEach(key -> problems.add(file + ": " + key + " is missing"));
        if (!problems.isEmpty()) {
            throw new NotReady(String.join("\n", problems));
        }
        return new Account(folder, routes, json);
    }

    Account filled(Placeholders placeholders) {
        return new Account(folder, routes, placeholders.in(json));
    }

    String system() {
        return folder.getFileName().toString();
    }

    String server() {
        return json.path("server").asText("recorded");
    }

    boolean isRecorded() {
        return server().equals("recorded");
    }

    /** Whether it is somebody's real account, of which {@code account.yaml} knows little. */
    boolean isLive() {
        return server().equals(LiveAccount.LIVE);
    }

    String basePath() {
        return json.path("base-path").asText("");
    }

    /** The published descriptions: one, whose paths stand below {@code base-path}, or several, each with its own. */
    List<Published> published() {
        JsonNode published = json.path("published");
        List<Published> all = new ArrayList<>();
        published.forEach(one -> all.add(new Published(one.path("file").asText(), one.path("base-path").asText(""))));
        return published.isTextual() ? List.of(new Published(published.textValue(), basePath())) : all;
    }

    Map<String, Object> settings() {
        return map(json.path("settings"));
    }

    Team team() {
        return team("team");
    }

    Team otherTeam() {
        return team("other-team");
    }

    Team unknownTeam() {
        return team("unknown-team");
    }

    Map<String, Object> agent() {
        return map(json.path("agent"));
    }

    /** @param of {@code user} or {@code conversation} */
    Map<String, String> refs(String of) {
        return texts(json.path("refs").path(of));
    }

    Map<String, String> gone() {
        return texts(json.path("gone"));
    }

    /** Why the system cannot do what the case asks for; null if it can. */
    String cannot(String name) {
        return json.path("cannot").path(name).textValue();
    }

    List<Known> knownDifferences() {
        List<Known> known = new ArrayList<>();
        json.path(KNOWN).forEach(one -> known.add(new Known(one.path("call").asText(),
                one.path("at").asText(), one.path("says").asText(), one.path("because").asText())));
        return known;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private Team team(String key) {
        JsonNode team = json.path(key);
        return new Team(team.path("id").asText(), team.path("name").asText());
    }

    private static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.fields().forEachRemaining(field ->
                map.put(field.getKey(), new ObjectMapper().convertValue(field.getValue(), Object.class)));
        return map;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
