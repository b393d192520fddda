package dev.handoff.conformance;

import java.util.List;
import java.util.Map;

import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.SupportSystem.Post;

/** Persons and conversations: made once, however often they are asked for. */
final class OpeningCases {

    private static final String USERS = "users";
    private static final String CONVERSATIONS = "conversations";
    private static final String MARK = "keep the mark over there, and look for it before anything is made";

    private OpeningCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must("create-user", USERS, scene -> same(scene, "user", user(scene))),
                Case.must("create-user-again", USERS, scene -> {
                    Map<String, String> first = scene.person();
                    Map<String, String> again = user(scene);
                    Mismatch.unless(again.equals(first), "the same refs for the same mark: " + first, again, MARK);
                }),
                Case.may("create-user-id-only", USERS, scene -> some(scene.done("create-user", () ->
                        scene.support.createUser(new User(scene.in.id("u-2"), null, null, null, null, null),
                                scene.in.userMark("u-2"))))),
                Case.may("create-user-odd-name", USERS, scene -> some(scene.done("create-user", () ->
                        scene.support.createUser(new User(scene.in.id("u-3"), Texts.ODD_NAME, null, null, null, null),
                                scene.in.userMark("u-3"))))),
                Case.must("create-conversation", CONVERSATIONS, scene -> {
                    Map<String, String> person = scene.person();
                    there(scene, create(scene, person, scene.account.team(), false, true));
                }),
                Case.must("create-conversation-again", CONVERSATIONS, scene -> {
                    Map<String, String> first = scene.conversation();
                    scene.seen(s -> {
                        Map<String, String> again = create(s, s.keepsState() ? first : s.person(), s.account.team(), true, true);
                        Mismatch.unless(again.get("conversation") != null
                                        && again.get("conversation").equals(first.get("conversation")),
                                "the conversation that has the mark: " + first.get("conversation"),
                                again.get("conversation"), MARK);
                    });
                }),
                Case.must("create-conversation-in-doubt", CONVERSATIONS, scene -> {
                    Map<String, String> person = scene.person();
                    there(scene, create(scene, person, scene.account.team(), true, true));
                }),
                Case.may("create-conversation-look", CONVERSATIONS, scene -> {
                    Map<String, String> person = scene.person();
                    Map<String, String> refs = create(scene, person, scene.account.team(), true, false);
                    Mismatch.unless(!refs.containsKey("conversation"), "no conversation: mayCreate is false, and none has "
                            + "the mark", refs, "make none unless the variable mayCreate is true");
                }),
                Case.may("create-conversation-without-team", CONVERSATIONS, scene -> {
                    Map<String, String> person = scene.person();
                    there(scene, create(scene, person, null, false, true));
                }),
                Case.must("create-conversation-first-text", CONVERSATIONS, OpeningCases::withFirstText)
                        .where(file -> file.can("first-text")));
    }

    private static Map<String, String> user(Scene scene) throws Exception {
        return scene.done("create-user", () -> scene.support.createUser(scene.in.ana(), scene.in.userMark("u-1")));
    }

    private static Map<String, String> create(Scene scene, Map<String, String> refs, Team team, boolean inDoubt,
            boolean mayCreate) throws Exception {
        return scene.done("create-conversation", () -> scene.support.createConversation(scene.in.ana(),
                scene.in.conversationMark(), refs, team, null, inDoubt, mayCreate));
    }

    private static void withFirstText(Scene scene) throws Exception {
        Map<String, String> person = scene.person();
        Post first = scene.in.user("Hello, I need a room in Bern.");
        Map<String, String> refs = scene.done("create-conversation", () -> scene.support.createConversation(scene.in.ana(),
                scene.in.conversationMark(), person, scene.account.team(), first, false, true));
        there(scene, refs);
        Mismatch.unless(refs.get("first") != null, "the id of the first text as 'first'", refs,
                "give back 'first', or the text is posted again");
    }

    private static void some(Map<String, String> refs) {
        Mismatch.unless(!refs.isEmpty(), "refs of the person", refs,
                "give back at least one ref; the mark, where the system has no persons of its own");
    }

    private static void there(Scene scene, Map<String, String> refs) {
        String url = refs.get("url");
        Mismatch.unless(refs.get("conversation") != null, "refs with the key 'conversation'", refs,
                "give back the conversation's id over there");
        Mismatch.unless(url == null || url.matches("https?://.+"), "an absolute address as 'url'", url,
                "give back where agents see the conversation, or nothing");
        same(scene, "conversation", refs);
    }

    private static void same(Scene scene, String of, Map<String, String> refs) {
        some(refs);
        Map<String, String> expected = scene.keepsState() ? Map.of() : scene.account.refs(of);
        Mismatch.unless(refs.entrySet().containsAll(expected.entrySet()), "refs." + of + " of account.yaml: " + expected,
                refs, "mend what the route gives back, or account.yaml");
    }
}
