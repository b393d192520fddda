package dev.handoff.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.handoff.Api;
import dev.handoff.chaos.Desk.Conversation;
import dev.handoff.chaos.Findings.Breach;

/** Looks from outside: at the support system, at what the bot was answered and told, and at the bots' API. */
final class Inspection {

    private final Desk desk;
    private final RecordingBot told;
    private final PostingBot posting;
    private final Replicas replicas;

    Inspection(SandboxProcess sandbox, RecordingBot told, PostingBot posting, Replicas replicas) {
        this.desk = new Desk(sandbox);
        this.told = told;
        this.posting = posting;
        this.replicas = replicas;
    }

    /** What is amiss, in these sessions and at all. */
    Findings of(Collection<Dialogue> dialogues, Random dice) {
        Findings all = new Findings();
        Map<String, List<Conversation>> byUser = desk.read();
        dialogues.forEach(dialogue -> all.add(of(dialogue, byUser, dice)));
        posting.refused().forEach(call -> all.add(Breach.REFUSED, call));
        for (int i = 0; i < told.forged(); i++) {
            all.add(Breach.FORGED, "a call of the callback");
        }
        return all;
    }

    /** The sessions in which something is amiss. */
    List<Dialogue> amiss(Collection<Dialogue> dialogues, Random dice) {
        Map<String, List<Conversation>> byUser = desk.read();
        return dialogues.stream().filter(dialogue -> !of(dialogue, byUser, dice).none()).toList();
    }

    private Findings of(Dialogue dialogue, Map<String, List<Conversation>> byUser, Random dice) {
        Findings own = new Findings();
        List<Conversation> theirs = byUser.getOrDefault(dialogue.session(), List.of());
        Api api = replicas.any(dice);
        Api.Answer session = api.session(dialogue.session());
        BotsLog log = BotsLog.read(api, dialogue.session());
        new OverThere(dialogue, theirs, replicas.pausesEnded(), own).inspect(
                session.status() == 200 ? session.text("/control") : "bot", session.text("/conversation/id"),
                log.answeredElsewhere());
        new AtTheBot(dialogue, theirs, own).inspect(told.taken(dialogue.session()), log);
        return own;
    }

    /** The longest time from one of these moments, before the next one, until what had waited was over there. */
    Duration slowestRecovery(Collection<Dialogue> dialogues, List<Instant> moments) {
        Map<String, List<Conversation>> byUser = desk.read();
        return dialogues.stream().map(dialogue -> new OverThere(dialogue,
                        byUser.getOrDefault(dialogue.session(), List.of()), List.of(), new Findings())
                        .recovery(moments))
                .max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
