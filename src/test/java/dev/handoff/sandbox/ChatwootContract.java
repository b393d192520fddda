package dev.handoff.sandbox;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import dev.handoff.conformance.Breach;
import dev.handoff.conformance.PublishedDescription;
import org.assertj.core.api.Assertions;

/**
 * Checks what is said between a caller and the sandbox: against the schemas in {@code src/test/resources/chatwoot},
 * and against Chatwoot's published description where it is present (system property {@code handoff.specs}, a folder
 * with {@code chatwoot.json}). Register it with {@link SandboxServer#listen}, and call {@link #assertKept()} at the end.
 *
 * <p>Requests that were refused are not checked: to be refused is their point.
 */
public final class ChatwootContract implements Consumer<RecordedCall> {

    private static final CarriedSchemas CARRIED = new CarriedSchemas();
    private static final Optional<PublishedDescription> PUBLISHED =
            PublishedDescription.in(PublishedDescription.FOLDER.resolve("chatwoot.json"));

    private final Collection<Breach> breaches = new ConcurrentLinkedQueue<>();
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    @Override
    public void accept(RecordedCall call) {
        List<Breach> found = CARRIED.check(call);
        PUBLISHED.ifPresent(published -> published.check(call.method(), call.template(), call.query().keySet(), null,
                call.request(), call.status(), call.status() < 400 ? call.response() : null).stream()
                .filter(breach -> !KnownDifference.explains(breach)).forEach(breaches::add));
        breaches.addAll(found);
        checked.add(call.method() + " " + call.template());
    }

    /** Which calls were seen, as {@code POST /api/v1/accounts/{account_id}/contacts}. */
    public Set<String> checked() {
        return Set.copyOf(checked);
    }

    /** Fails with every breach so far, each once. */
    public void assertKept() {
        Assertions.assertThat(breaches.stream().map(Breach::toString).distinct().sorted().toList())
                .as("breaches of Chatwoot's contract").isEmpty();
    }

    List<Breach> breaches() {
        return List.copyOf(breaches);
    }
}
