package dev.handoff.conformance;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.handoff.conformance.Scene.Heard;
import dev.handoff.session.Author;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Changes;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.Remark;

/** What people say, and what must not be taken for it. */
final class ReadCases {

    private static final String GROUP = "reading";
    private static final String MORNING = "Good morning, I am looking at it.";
    private static final String DONE = "It is done.";

    private ReadCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must("read-own", GROUP, ReadCases::own),
                Case.must("read-reply", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.reply(refs, MORNING);
                    scene.seen(s -> answer(s.read(refs, null), MORNING));
                }),
                Case.must("read-on", GROUP, ReadCases::on),
                Case.may("read-odd-reply", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.reply(refs, Texts.ODD_ANSWER);
                    scene.seen(s -> answer(s.read(refs, null), Texts.ODD_ANSWER));
                }),
                Case.must("read-note", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.note(refs, "A VIP, be careful.");
                    scene.people.reply(refs, "One moment.");
                    scene.seen(s -> {
                        Heard heard = s.read(refs, null);
                        answer(heard, "One moment.");
                        Mismatch.unless(heard.remarks().stream().noneMatch(r -> !r.note() && r.text() != null
                                        && r.text().contains("VIP")), "no private note among the public messages", heard.remarks(),
                                "give back note: true for it, or leave it out: as it is, the user reads it");
                    });
                }),
                Case.may("read-automatic", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.automatic(refs, "We are closed today.");
                    Heard heard = scene.read(refs, null);
                    Mismatch.unless(heard.saying("We are closed today.").stream().noneMatch(r -> r.author() == Author.AGENT),
                            "author system or bot for what no person wrote", heard.remarks(),
                            "give back author: system, or bot; else it takes control from the bot");
                }),
                Case.may("read-deleted", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    String id = scene.people.reply(refs, "A mistake.");
                    scene.people.delete(refs, id);
                    scene.seen(s -> {
                        Heard heard = s.read(refs, null);
                        Mismatch.unless(heard.saying("A mistake.").isEmpty() && heard.relayed().isEmpty(),
                                "a deleted message with deleted: true, or not at all", heard.remarks(),
                                "give back deleted: true");
                    });
                }),
                Case.must("changed-since", "sweep", ReadCases::sweep).where(file -> file.can("sweep")))
                .stream().map(one -> one.group().equals(GROUP) ? one.where(file -> file.can("read")) : one).toList();
    }

    /** What we posted ourselves must not come back as an agent's. */
    private static void own(Scene scene) throws Exception {
        Map<String, String> refs = scene.conversation();
        List<Post> posts = List.of(scene.in.user("one"), scene.in.bot("two"), scene.in.note("three"));
        for (Post post : posts) {
            if (!post.note() || scene.file.can("notes")) {
                scene.givenPost(post, refs);
            }
        }
        scene.given("transfer", () -> {
            scene.support.transfer(scene.account.team(), refs);
            return null;
        });
        Heard heard = scene.read(refs, null);
        List<Remark> echo = heard.remarks().stream().filter(r -> posts.stream().anyMatch(p -> p.text().equals(r.text()))
                && r.mark() == null && !r.own() && !r.note() && r.author() != Author.USER).toList();
        Mismatch.unless(echo.isEmpty() && heard.relayed().isEmpty(), "our own messages with their mark: what the bot said "
                + "must not come back as an agent's", echo.isEmpty() ? heard.relayed() : echo, "give back 'mark', or own: true, for what is ours");
    }

    private static Remark answer(Heard heard, String text) {
        List<Remark> said = heard.saying(text);
        Mismatch.unless(said.size() == 1, "the agent's message once: " + text, heard.remarks(),
                "give back each message once, its text as people read it");
        Remark one = said.get(0);
        Mismatch.unless(one.author() == Author.AGENT && !one.note() && one.mark() == null && !one.own(),
                "author agent, note false, mark null for a person's public message", one, "see 'events-since' in the contract");
        Mismatch.unless(one.at() != null, "'at', when it was said", one, "give back the time as RFC 3339");
        return one;
    }

    private static void on(Scene scene) throws Exception {
        Map<String, String> refs = scene.handedOver();
        scene.people.reply(refs, MORNING);
        Heard[] first = new Heard[1];
        scene.seen(s -> {
            first[0] = s.read(refs, null);
            answer(first[0], MORNING);
        });
        scene.people.reply(refs, DONE);
        Heard[] second = new Heard[1];
        scene.seen(s -> {
            second[0] = s.read(refs, first[0].position());
            answer(second[0], DONE);
        });
        Heard third = scene.read(refs, second[0].position());
        Set<String> known = ids(first[0]);
        known.addAll(ids(second[0]));
        Set<String> fresh = ids(third);
        fresh.removeAll(known);
        Mismatch.unless(fresh.isEmpty(), "nothing new after the last position: ids are kept, however often they are read",
                fresh, "give each message the same id at each reading");
    }

    private static Set<String> ids(Heard heard) {
        return heard.remarks().stream().map(Remark::id).collect(Collectors.toSet());
    }

    private static void sweep(Scene scene) throws Exception {
        Map<String, String> refs = scene.handedOver();
        String id = refs.get("conversation");
        Changes before = scene.done("changed-since", () -> scene.support.changedSince(null));
        scene.people.reply(refs, DONE);
        Changed[] seen = new Changed[1];
        scene.seen(s -> {
            Changes after = s.done("changed-since", () -> s.support.changedSince(before.position()));
            seen[0] = changed(after, id);
            Mismatch.unless(!s.keepsState() || !Objects.equals(version(before, id), seen[0].version()),
                    "another version than before the answer", seen[0], "build 'version' from what differs when something happened");
        });
        Changes again = scene.done("changed-since", () -> scene.support.changedSince(before.position()));
        Mismatch.unless(Objects.equals(changed(again, id).version(), seen[0].version()),
                "the same version while nothing happens: " + seen[0].version(), changed(again, id).version(),
                "build 'version' only from what differs when something happened");
    }

    private static Changed changed(Changes changes, String id) {
        return changes.conversations().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow(() ->
                new Mismatch("the conversation " + id + " among what changed", changes.conversations(),
                        "look back as far as the position, with an overlap"));
    }

    private static String version(Changes changes, String id) {
        return changes.conversations().stream().filter(c -> c.id().equals(id)).map(Changed::version).findFirst()
                .orElse(null);
    }
}
