package dev.handoff.routing;

import java.util.ArrayList;
import java.util.List;

import dev.handoff.ConfigurationCheck;
import dev.handoff.HandoffProperties;
import dev.handoff.Problem;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.stereotype.Component;

/** What can be wrong with the routing tables that the configuration declares. */
@Component
class RoutingCheck implements ConfigurationCheck {

    @Override
    public List<Problem> problems(HandoffProperties properties) {
        List<Problem> problems = new ArrayList<>();
        properties.bots().forEach((id, bot) -> {
            if (bot.routing() != null) {
                new RoutingTableReview(RoutingTable.of(bot.routing())).faults().forEach(fault -> problems.add(
                        new Problem("handoff.bots." + id + ".routing" + key(fault.path()), fault.message())));
            }
        });
        return problems;
    }

    /** The key that a JSON pointer stands for: {@code /teams/2/team} is {@code .teams[2].team}. */
    private static String key(String pointer) {
        StringBuilder key = new StringBuilder();
        for (String part : pointer.substring(1).split("/")) {
            boolean place = part.chars().allMatch(Character::isDigit);
            key.append(place ? "[" + part + "]" : "." + DataObjectPropertyName.toDashedForm(part));
        }
        return key.toString();
    }
}
