package dev.handoff.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.apache.camel.Exchange;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;
import dev.handoff.session.Appended;
import dev.handoff.session.LogEntry;
import dev.handoff.session.SessionState;
import dev.handoff.session.Sessions;

/** The calls about one session. */
class SessionCalls {

    private final Sessions sessions;
    private final Handoffs handoffs;
    private final LogReads reads;

    SessionCalls(Sessions sessions, Handoffs handoffs, LogReads reads) {
        this.sessions = sessions;
        this.handoffs = handoffs;
        this.reads = reads;
    }

    Appended post(Call call, MessageBody body) {
        return sessions.post(call.bot(), call.session(), body.message(), body.user());
    }

    CompletableFuture<HandoffAnswer> handOver(Exchange exchange) {
        Call call = Call.of(exchange);
        return handoffs.handOver(call.bot(), call.session(),
                exchange.getMessage().getBody(HandoffBody.class).request());
    }

    SessionState close(Call call, CloseBody body) {
        return sessions.close(call.bot(), call.session(), body.reason()).orElseThrow(unknown());
    }

    SessionState state(Call call) {
        return sessions.find(call.bot(), call.session()).orElseThrow(unknown());
    }

    Map<String, List<LogEntry>> log(Call call) {
        reads.read(call.bot());
        return Map.of("entries", sessions.log(call.bot(), call.session(), call.afterNumber(), call.limit())
                .orElseThrow(unknown()).stream().map(LogEntry::of).toList());
    }

    static Supplier<ProblemException> unknown() {
        return () -> new ProblemException(ProblemType.UNKNOWN_SESSION,
                "This bot has no session of that key. One begins with its first message or handoff.");
    }
}
