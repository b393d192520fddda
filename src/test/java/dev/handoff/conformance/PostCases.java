package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.handoff.conformance.Scene.Heard;
import dev.handoff.session.Author;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.Remark;

/** What we say: each author, long and odd texts, order. */
final class PostCases {

    private static final String GROUP = "messages";

    private PostCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must("post-user", GROUP, scene -> one(scene, scene.in.user("Hello, I need a room in Bern."))),
                Case.must("post-bot", GROUP, scene -> one(scene, scene.in.bot("For which night?"))),
                Case.may("post-agent", GROUP, scene -> one(scene, scene.in.agent("Chloé Martin", "I found you a room."))),
                Case.must("post-note", GROUP, scene -> one(scene, scene.in.note("The user asked for a person.")))
                        .where(file -> file.can("notes")),
                Case.must("post-order", GROUP, PostCases::inOrder),
                Case.must("post-longest", GROUP, scene ->
                        one(scene, scene.in.user(Texts.longest(scene.file.longestText())))),
                Case.must("post-odd-texts", GROUP, PostCases::oddTexts));
    }

    private static void one(Scene scene, Post post) throws Exception {
        Map<String, String> refs = scene.conversation();
        scene.post(post, refs);
        readBack(scene, refs, List.of(post));
    }

    private static void inOrder(Scene scene) throws Exception {
        Map<String, String> refs = scene.conversation();
        List<Post> posts = List.of(scene.in.user("one"), scene.in.bot("two"), scene.in.user("three"));
        List<String> ids = new ArrayList<>();
        for (Post post : posts) {
            ids.add(scene.post(post, refs));
        }
        Mismatch.unless(ids.stream().distinct().count() == posts.size(), "an id of its own for each message", ids,
                "give back the id of the message that was made");
        if (scene.file.can("read")) {
            scene.seen(s -> {
                Heard heard = s.read(refs, null);
                List<String> order = heard.remarks().stream().map(remark -> markOf(s, remark)).filter(mark -> mark != null)
                        .distinct().toList();
                Mismatch.unless(order.equals(posts.stream().map(Post::mark).toList()), "the messages in the order in which "
                                + "they were posted: " + posts.stream().map(Post::mark).toList(), order,
                        "let events-since give them back in the system's order, with their marks");
            });
        }
    }

    private static void oddTexts(Scene scene) throws Exception {
        Map<String, String> refs = scene.conversation();
        List<Post> posts = new ArrayList<>();
        for (String text : Texts.ODD) {
            Post post = scene.in.user(text);
            scene.post(post, refs);
            posts.add(post);
        }
        readBack(scene, refs, posts);
    }

    /** Where it can be read: what arrived is what was sent. */
    private static void readBack(Scene scene, Map<String, String> refs, List<Post> posts) throws Exception {
        if (!scene.keepsState() || !scene.file.can("read")) {
            return;
        }
        scene.seen(s -> {
            Heard heard = s.read(refs, null);
            for (Post post : posts) {
                Remark there = heard.remarks().stream().filter(r -> post.mark().equals(markOf(s, r))).findFirst()
                        .orElseThrow(() -> new Mismatch("the message " + post.mark() + " when the conversation is read",
                                "it is not there", "give back 'mark', or the id that post gave back"));
                Mismatch.unless(plain(there.text()).equals(plain(post.text())), "the text as it was posted: " + post.text(),
                        there.text(), "encode the text for where it stands; build JSON from maps with marshal");
                Mismatch.unless(there.note() == post.note(), "note: " + post.note(), there.note(),
                        "post private what is a note, and nothing else");
                Mismatch.unless(post.author() != Author.USER || post.note() || there.author() == Author.USER,
                        "a message of the user, author user", there.author(), "attribute it to the user");
            }
        });
    }

    private static String markOf(Scene scene, Remark remark) {
        return remark.mark() != null ? remark.mark() : scene.posted().entrySet().stream()
                .filter(posted -> posted.getValue().equals(remark.id())).map(Map.Entry::getKey).findFirst().orElse(null);
    }

    /** Systems differ in what they do to control characters and to blanks at the end of a line. */
    private static String plain(String text) {
        return text == null ? "" : text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n]]", "").strip();
    }
}
