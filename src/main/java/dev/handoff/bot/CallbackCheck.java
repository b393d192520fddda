package dev.handoff.bot;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.handoff.ConfigurationCheck;
import dev.handoff.HandoffProperties;
import dev.handoff.Problem;

import org.springframework.stereotype.Component;

/** What can be wrong with the callbacks under {@code handoff.bots}. */
@Component
class CallbackCheck implements ConfigurationCheck {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final double LEASE_MARGIN = 1.25;

    @Override
    public List<Problem> problems(HandoffProperties properties) {
        List<Problem> problems = new ArrayList<>();
        properties.bots().forEach((id, bot) -> {
            if (bot.callback() != null) {
                check("handoff.bots." + id + ".callback", bot.callback(), properties.lane().lease(), problems);
            }
        });
        return problems;
    }

    private static void check(String key, HandoffProperties.Callback callback, Duration lease, List<Problem> problems) {
        if (!isAddress(callback.url())) {
            problems.add(new Problem(key + ".url", "must be the http or https address that the bot listens at"));
        }
        CallbackSignature.fault(callback.secret()).ifPresent(fault ->
                problems.add(new Problem(key + ".secret", fault)));
        if (callback.secretPrevious() != null) {
            CallbackSignature.fault(callback.secretPrevious()).ifPresent(fault ->
                    problems.add(new Problem(key + ".secret-previous", fault)));
        }
        if (callback.timeout().isNegative() || callback.timeout().isZero()) {
            problems.add(new Problem(key + ".timeout", "must be more than 0"));
        } else if (lease.toMillis() < LEASE_MARGIN * callback.timeout().toMillis()) {
            problems.add(new Problem(key + ".timeout", "is too long for handoff.lane.lease: the lease ("
                    + lease.toMillis() + " ms) must be at least " + LEASE_MARGIN + " times the timeout"));
        }
        if (callback.concurrency() < 1) {
            problems.add(new Problem(key + ".concurrency", "must be at least 1"));
        }
    }

    private static boolean isAddress(String url) {
        try {
            URI address = url == null ? null : new URI(url);
            return address != null && address.getHost() != null && address.getScheme() != null
                    && SCHEMES.contains(address.getScheme()) && address.getUserInfo() == null
                    && address.getFragment() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
