package dev.handoff.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Conversations: opened, found, read, and moved between statuses, teams and agents. */
final class ConversationApi {

    private static final int PAGE = 25;

    private final MessageApi messages;

    ConversationApi(MessageApi messages) {
        this.messages = messages;
    }

    Answer create(Call call) {
        call.refuseNul();
        ContactInbox thread = thread(call);
        Conversation.Status status = Conversation.Status.OPEN;
        if (call.present("status") != null) {
            status = known(call.text("status"));
        }
        Contact contact = call.desk().contacts().find(thread.contact());
        if (contact.blocked()) {
            status = Conversation.Status.RESOLVED;
        }
        JsonNode first = call.value("message");
        // A message that is refused takes the conversation with it: it is made up before anything is stored.
        Desk.Draft draft = first.isObject() && !first.isEmpty() ? messages.draft(call, first, contact) : null;
        Conversation conversation = call.desk().open(thread, status, call.object("custom_attributes"),
                call.object("additional_attributes"));
        // Who is not known is not assigned; Chatwoot does not say so.
        call.desk().assign(conversation, call.desk().agent(call.number("assignee_id")), call.user().name());
        call.desk().assignTeam(conversation, call.desk().team(call.number("team_id")), call.user().name());
        if (draft != null) {
            call.desk().post(conversation, draft);
        }
        return Answer.ok(ConversationJson.conversation(call.desk(), conversation, call.user()));
    }

    private static ContactInbox thread(Call call) {
        Desk desk = call.desk();
        String sourceId = call.present("source_id");
        boolean inboxGiven = call.present("inbox_id") != null;
        boolean contactGiven = call.present("contact_id") != null;
        if (inboxGiven && !Long.valueOf(desk.seed().inbox().id()).equals(call.number("inbox_id"))) {
            throw Refusal.notFound();
        }
        Contact contact = desk.contacts().find(call.number("contact_id"));
        if (contactGiven && contact == null) {
            throw Refusal.notFound();
        }
        if (!inboxGiven || !contactGiven) {
            ContactInbox thread = desk.contacts().threadInAnyInbox(sourceId);
            if (thread == null) {
                throw Refusal.notFound();
            }
            return thread;
        }
        ContactInbox thread = desk.contacts().open(contact.id(), desk.seed().inbox().id(),
                sourceId == null ? UUID.randomUUID().toString() : sourceId);
        if (thread == null) {
            throw Refusal.unprocessable("source_id should be unique");
        }
        return thread;
    }

    Answer list(Call call) {
        Desk desk = call.desk();
        String status = call.present("status") == null ? Conversation.Status.OPEN.json() : call.text("status");
        String sourceId = call.present("source_id");
        Long team = call.number("team_id");
        if (team != null && desk.team(team) == null) {
            throw Refusal.notFound();
        }
        Collection<Conversation> candidates = sourceId == null ? desk.conversations() : desk.conversationsOf(sourceId);
        List<Conversation> found = new ArrayList<>(candidates);
        if (call.present("inbox_id") != null) {
            found.removeIf(conversation -> !Long.valueOf(conversation.thread().inbox()).equals(call.number("inbox_id")));
        }
        found.removeIf(conversation -> !status.equals("all") && !conversation.status().json().equals(status));
        found.removeIf(conversation -> team != null && !team.equals(conversation.team()));
        found.sort(Comparator.comparing(Conversation::lastActivityAt).thenComparing(Conversation::id).reversed());

        long mine = found.stream().filter(c -> Long.valueOf(call.user().id()).equals(c.assignee())).count();
        long unassigned = found.stream().filter(c -> c.assignee() == null).count();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode data = body.putObject("data");
        data.putObject("meta").put("mine_count", mine).put("assigned_count", found.size() - unassigned)
                .put("unassigned_count", unassigned).put("all_count", found.size());
        ArrayNode payload = data.putArray("payload");
        Long page = call.number("page");
        found.stream().skip(page == null ? 0 : Math.max(0, page - 1) * PAGE).limit(PAGE)
                .forEach(c -> payload.add(ConversationJson.conversation(desk, c, call.user())));
        return Answer.ok(body);
    }

    Answer show(Call call) {
        return Answer.ok(ConversationJson.conversation(call.desk(), call.conversation(), call.user()));
    }

    Answer toggleStatus(Call call) {
        Conversation conversation = call.conversation();
        Conversation.Status wanted = call.present("status") == null ? null : known(call.text("status"));
        synchronized (conversation) {
            Conversation.Status status = wanted != null ? wanted
                    : conversation.status() == Conversation.Status.OPEN ? Conversation.Status.RESOLVED
                            : Conversation.Status.OPEN;
            call.desk().status(conversation, status, call.user().name());
            if (status == Conversation.Status.OPEN && call.user().role().equals("agent")) {
                call.desk().assign(conversation, call.user(), call.user().name());
            }
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("meta");
            body.putObject("payload").put("success", true).put("conversation_id", conversation.id())
                    .put("current_status", conversation.status().json()).putNull("snoozed_until");
            return Answer.ok(body);
        }
    }

    Answer assign(Call call) {
        Desk desk = call.desk();
        Conversation conversation = call.conversation();
        if (call.has("assignee_id")) {
            SandboxSeed.Agent agent = desk.agent(call.number("assignee_id"));
            desk.assign(conversation, agent, call.user().name());
            return Answer.ok(agent == null ? NullNode.getInstance() : AccountJson.agent(desk, agent));
        }
        if (call.has("team_id")) {
            // An unknown team is no error here: the conversation loses the one that it has.
            SandboxSeed.Team team = desk.team(call.number("team_id"));
            desk.assignTeam(conversation, team, call.user().name());
            return Answer.ok(team == null ? NullNode.getInstance() : AccountJson.teamRow(desk, team));
        }
        return Answer.ok(NullNode.getInstance());
    }

    Answer labels(Call call) {
        return labelsOf(call.conversation());
    }

    Answer relabel(Call call) {
        List<String> labels = new ArrayList<>();
        call.value("labels").forEach(label -> labels.add(label.asText()));
        call.desk().labels(call.conversation(), labels);
        return labelsOf(call.conversation());
    }

    private static Answer labelsOf(Conversation conversation) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        conversation.labels().forEach(body.putArray("payload")::add);
        return Answer.ok(body);
    }

    Answer typing(Call call) {
        call.desk().typing(call.conversation(), call.user(), "on".equals(call.text("typing_status")),
                call.flag("is_private"));
        return Answer.empty();
    }

    private static Conversation.Status known(String status) {
        Conversation.Status known = Conversation.Status.of(status);
        if (known == null) {
            throw Refusal.crash();
        }
        return known;
    }
}
