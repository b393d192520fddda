package dev.handoff.support;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.support.SupportSystem.Agent;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Changes;
import dev.handoff.support.SupportSystem.Event;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.News;
import dev.handoff.support.SupportSystem.Received;
import dev.handoff.support.SupportSystem.Remark;

/** What the operations give back by which we learn what happens over there. */
class ReadAnswer {

    private static final Map<String, Author> AUTHORS =
            Map.of("user", Author.USER, "bot", Author.BOT, "agent", Author.AGENT, "system", Author.SYSTEM);
    private static final Map<String, Event.Kind> EVENTS =
            Map.of("rating", Event.Kind.RATING, "deleted", Event.Kind.DELETED, "edited", Event.Kind.EDITED);

    private final Answer answer;

    ReadAnswer(Answer answer) {
        this.answer = answer;
    }

    Received received() throws CallFailed {
        Map<?, ?> map = answer.map("a map with conversations and events");
        List<Event> events = new ArrayList<>();
        for (Object element : answer.list(map.get("events"), "events, a list")) {
            Map<?, ?> event = answer.map(element, "events as maps");
            Event.Kind kind = EVENTS.get(String.valueOf(event.get("kind")));
            if (kind == null) {
                throw answer.nonsense("the kind of an event: rating, deleted or edited");
            }
            events.add(new Event(kind, answer.id(event.get("conversation"), "conversation of an event"),
                    answer.id(event.get("message"), "message of an event"), answer.count(event.get("score"), "score"),
                    textOrHtml(event)));
        }
        return new Received(changed(map), events);
    }

    Changes changes() throws CallFailed {
        Map<?, ?> map = answer.map("a map with conversations and position");
        return new Changes(changed(map), answer.optional(map.get("position"), "position"));
    }

    News news() throws CallFailed {
        Map<?, ?> map = answer.map("a map with messages, levels, position and more");
        List<Remark> remarks = new ArrayList<>();
        for (Object element : answer.list(map.get("messages"), "messages, a list")) {
            remarks.add(remark(answer.map(element, "messages as maps")));
        }
        return new News(remarks, levels(answer.map(map.get("levels"), "levels, a map")),
                answer.optional(map.get("position"), "position"),
                Boolean.TRUE.equals(answer.bool(map.get("more"), "more")));
    }

    private List<Changed> changed(Map<?, ?> map) throws CallFailed {
        List<Changed> changed = new ArrayList<>();
        for (Object element : answer.list(map.get("conversations"), "conversations, a list")) {
            Map<?, ?> one = answer.map(element, "conversations as maps");
            changed.add(new Changed(answer.id(one.get("id"), "id of a conversation"),
                    answer.optional(one.get("mark"), "mark of a conversation"),
                    answer.optional(one.get("message"), "mark of a message"),
                    answer.optional(one.get("version"), "version")));
        }
        return changed;
    }

    private Remark remark(Map<?, ?> map) throws CallFailed {
        Author author = AUTHORS.get(String.valueOf(map.get("author")));
        if (author == null) {
            throw answer.nonsense("the author of a message: user, bot, agent or system");
        }
        return new Remark(answer.id(map.get("id"), "id of a message"), text(map.get("mark")), author,
                Boolean.TRUE.equals(answer.bool(map.get("own"), "own")),
                Boolean.TRUE.equals(answer.bool(map.get("note"), "note")),
                Boolean.TRUE.equals(answer.bool(map.get("deleted"), "deleted")), text(map.get("name")),
                textOrHtml(map), time(map.get("at")));
    }

    private Levels levels(Map<?, ?> map) throws CallFailed {
        List<String> labels = new ArrayList<>();
        if (map.get("labels") != null) {
            for (Object label : answer.list(map.get("labels"), "labels, a list")) {
                labels.add(String.valueOf(label));
            }
        }
        Agent assignee = map.get("assignee") == null ? null : agent(answer.map(map.get("assignee"), "assignee, a map"));
        Team team = map.get("team") == null ? null : team(answer.map(map.get("team"), "team, a map"));
        return new Levels(answer.status(map.get("status")), team, assignee, labels, text(map.get("reason")),
                map.containsKey("team"), map.containsKey("assignee"));
    }

    private Agent agent(Map<?, ?> map) throws CallFailed {
        return new Agent(answer.id(map.get("id"), "id of the assignee"), text(map.get("name")));
    }

    private Team team(Map<?, ?> map) throws CallFailed {
        return new Team(answer.id(map.get("id"), "id of the team"), text(map.get("name")));
    }

    private Instant time(Object value) throws CallFailed {
        try {
            return value == null ? null : Instant.parse(value.toString());
        } catch (DateTimeParseException e) {
            throw answer.nonsense("at, which must be a time as RFC 3339 has it");
        }
    }

    private static String textOrHtml(Map<?, ?> map) {
        return map.get("html") == null ? text(map.get("text")) : Html.toText(map.get("html").toString());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
