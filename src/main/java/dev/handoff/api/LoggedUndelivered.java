package dev.handoff.api;

import java.util.List;
import java.util.Optional;

import dev.handoff.session.Appended;
import dev.handoff.session.UndeliveredLog;

import org.springframework.stereotype.Component;

/** The undelivered entries of all logs. */
@Component
class LoggedUndelivered implements Undelivered {

    private final UndeliveredLog log;

    LoggedUndelivered(UndeliveredLog log) {
        this.log = log;
    }

    @Override
    public List<Item> list(String after, int limit) {
        return log.list(after, limit).stream().map(item -> new Item(item.id(), item.bot(), item.session(), item.seq(),
                item.of(), item.kind(), item.author(), item.reason(), item.at())).toList();
    }

    @Override
    public Optional<Appended> retry(String id) {
        return log.retry(id);
    }
}
