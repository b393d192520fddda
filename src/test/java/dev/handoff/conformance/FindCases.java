package dev.handoff.conformance;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem.Post;

/** What happened to a message of which nobody knows whether it arrived. */
final class FindCases {

    private static final String GROUP = "find";
    private static final String MEND = "compare marks exactly, and page until the end";

    private FindCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must("find", GROUP, scene -> {
                    Map<String, String> refs = scene.conversation();
                    Post one = scene.in.user("one");
                    Post two = scene.in.bot("two");
                    scene.givenPost(one, refs);
                    scene.givenPost(two, refs);
                    scene.seen(s -> {
                        Map<String, String> found = found(s, List.of(one, two, s.in.neverPosted(9)), refs);
                        Mismatch.unless(found.keySet().equals(java.util.Set.of(one.mark(), two.mark())),
                                "the ids of " + one.mark() + " and " + two.mark() + ", and of no other", found, MEND);
                        Mismatch.unless(!s.keepsState() || found.equals(s.posted()), "the ids that post gave back: "
                                + s.posted(), found, "give back the same ids as post does");
                    });
                }).where(file -> file.can("find")),
                Case.must("find-none", GROUP, scene -> {
                    Map<String, String> refs = scene.conversation();
                    Map<String, String> found = found(scene, List.of(scene.in.neverPosted(8), scene.in.neverPosted(9)), refs);
                    Mismatch.unless(found.isEmpty(), "an empty map: none of the marks is there", found, MEND);
                }).where(file -> file.can("find")),
                Case.must("post-unknown-outcome", "messages", scene -> {
                    Map<String, String> refs = scene.conversation();
                    Post post = scene.in.user("Did this arrive?");
                    Wire.OtherEnd end = scene.wire.otherEnd();
                    if (scene.keepsState()) {
                        scene.wire.exchange(losesAnswer(end, post.text()));
                    }
                    scene.failed("post", Outcome.UNKNOWN, () -> scene.support.post(post, refs));
                    scene.wire.exchange(end);
                    if (scene.file.can("find")) {
                        scene.seen(s -> Mismatch.unless(found(s, List.of(post), refs).containsKey(post.mark()),
                                "the message is found: it was stored, although the answer was 500", "it is not", MEND));
                    }
                }));
    }

    private static Map<String, String> found(Scene scene, List<Post> posts, Map<String, String> refs) throws Exception {
        return scene.done("find", () -> scene.support.find(posts, refs));
    }

    /** The request that has the text is passed on, and answered by 500. */
    private static Wire.OtherEnd losesAnswer(Wire.OtherEnd end, String text) {
        AtomicBoolean lost = new AtomicBoolean();
        return sent -> {
            Wire.Reply reply = answer(end, sent);
            boolean it = !sent.method().equals("GET") && sent.text().contains(text) && lost.compareAndSet(false, true);
            return it ? Wire.Reply.json(500, "{\"error\":\"the answer is lost\"}") : reply;
        };
    }

    private static Wire.Reply answer(Wire.OtherEnd end, Sent sent) throws IOException {
        return end.answer(sent);
    }
}
