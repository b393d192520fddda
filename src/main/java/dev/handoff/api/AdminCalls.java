package dev.handoff.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.handoff.HandoffProperties;
import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemException.FieldError;
import dev.handoff.api.http.ProblemType;
import dev.handoff.session.Appended;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

/** The operators' calls. */
class AdminCalls {

    private final HandoffProperties handoff;
    private final SupportSystems systems;
    private final Undelivered undelivered;
    private final SupportChains chains;
    private final LogReads reads;

    AdminCalls(HandoffProperties handoff, SupportSystems systems, Undelivered undelivered, SupportChains chains,
            LogReads reads) {
        this.handoff = handoff;
        this.systems = systems;
        this.undelivered = undelivered;
        this.chains = chains;
        this.reads = reads;
    }

    /**
     * What a check found.
     *
     * @param ok whether everything works
     */
    record Checked(String connection, boolean ok, List<SupportSystem.Check> checks) {
    }

    Checked check(Call call) {
        String connection = call.path("connection");
        if (!connections().contains(connection)) {
            throw new ProblemException(ProblemType.UNKNOWN_CONNECTION,
                    "There are: " + String.join(", ", connections()) + ".");
        }
        List<SupportSystem.Check> checks = new ArrayList<>(systems.get(connection).check());
        checks.addAll(reads.unread(connection));
        return new Checked(connection, checks.stream().allMatch(SupportSystem.Check::ok), checks);
    }

    Map<String, List<Undelivered.Item>> undelivered(Call call) {
        return Map.of("undelivered", undelivered.list(call.after(), call.limit()));
    }

    Appended retry(Call call) {
        return undelivered.retry(call.path("id")).orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_ENTRY,
                "There is none of that id, or it was tried anew before. GET /v1/admin/undelivered has the list."));
    }

    SupportBody replaceSupport(Call call, SupportBody body) {
        if (!handoff.bots().containsKey(call.bot())) {
            throw new ProblemException(ProblemType.UNKNOWN_BOT,
                    "There are: " + String.join(", ", new TreeSet<>(handoff.bots().keySet())) + ".");
        }
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < body.support().size(); i++) {
            if (!connections().contains(body.support().get(i))) {
                errors.add(new FieldError("/support/" + i,
                        "names no connection; there are: " + String.join(", ", connections())));
            }
        }
        if (!errors.isEmpty()) {
            throw Contract.refused(errors);
        }
        return new SupportBody(chains.replace(call.bot(), body.support()));
    }

    private Set<String> connections() {
        Set<String> names = new TreeSet<>();
        systems.all().forEach(system -> names.add(system.name()));
        return names;
    }
}
