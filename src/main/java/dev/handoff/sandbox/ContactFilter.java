package dev.handoff.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** The conditions of a filter, joined by AND and OR as SQL binds them. Texts are compared without regard to case. */
final class ContactFilter {

    private static final Map<String, Function<Contact, String>> ATTRIBUTES = Map.of(
            "name", Contact::name,
            "email", Contact::email,
            "phone_number", Contact::phoneNumber,
            "identifier", Contact::identifier);

    private record Condition(String attribute, String operator, List<String> values, boolean or)
            implements Predicate<Contact> {

        @Override
        public boolean test(Contact contact) {
            String text = ATTRIBUTES.get(attribute).apply(contact);
            String value = text == null ? null : text.toLowerCase(Locale.ROOT);
            return switch (operator) {
                case "equal_to" -> value != null && values.contains(value);
                case "not_equal_to" -> value != null && !values.contains(value);
                case "contains" -> value != null && values.stream().anyMatch(value::contains);
                default -> value != null && values.stream().noneMatch(value::contains);
            };
        }
    }

    private final List<Condition> conditions;

    private ContactFilter(List<Condition> conditions) {
        this.conditions = conditions;
    }

    static ContactFilter of(JsonNode payload) {
        if (!payload.isArray()) {
            throw Refusal.crash();
        }
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode row : payload) {
            conditions.add(condition(row));
        }
        return new ContactFilter(conditions);
    }

    private static Condition condition(JsonNode row) {
        String attribute = row.path("attribute_key").asText();
        String operator = row.path("filter_operator").asText();
        String join = row.path("query_operator").asText("");
        if (!ATTRIBUTES.containsKey(attribute)) {
            throw Refusal.unprocessable("Invalid attribute key - [" + attribute + "]. The key should be one of "
                    + ATTRIBUTES.keySet().stream().sorted().toList()
                    + " or a custom attribute defined in the account.");
        }
        if (!List.of("equal_to", "not_equal_to", "contains", "does_not_contain").contains(operator)) {
            throw Refusal.unprocessable("Invalid operator. The allowed operators for " + attribute
                    + " are [equal_to,not_equal_to,contains,does_not_contain].");
        }
        boolean joins = !row.path("query_operator").isNull() && !row.path("query_operator").isMissingNode();
        if (joins && !List.of("AND", "OR").contains(join.toUpperCase(Locale.ROOT))) {
            throw Refusal.unprocessable("Query operator must be either \"AND\" or \"OR\".");
        }
        List<String> values = new ArrayList<>();
        row.path("values").forEach(value -> values.add(value.asText().toLowerCase(Locale.ROOT)));
        if (values.isEmpty()) {
            throw Refusal.unprocessable("Invalid value. The values provided for " + attribute + " are invalid");
        }
        return new Condition(attribute, operator, List.copyOf(values), "OR".equalsIgnoreCase(join));
    }

    List<Contact> apply(Contacts contacts) {
        if (conditions.size() == 1 && conditions.get(0).operator().equals("equal_to")
                && conditions.get(0).attribute().equals("identifier")) {
            return conditions.get(0).values().stream()
                    .flatMap(value -> contacts.withIdentifierAnyCase(value).stream()).toList();
        }
        return contacts.all().stream().filter(Contact::recognisable).filter(this::matches)
                .sorted(Comparator.comparing(Contact::id)).toList();
    }

    private boolean matches(Contact contact) {
        boolean all = true;
        for (Condition condition : conditions) {
            all &= condition.test(contact);
            if (condition.or()) {
                if (all) {
                    return true;
                }
                all = true;
            }
        }
        return all;
    }
}
