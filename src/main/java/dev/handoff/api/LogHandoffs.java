package dev.handoff.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.handoff.api.HandoffAnswer.Status;
import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemException.FieldError;
import dev.handoff.api.http.ProblemType;
import dev.handoff.bot.Bots;
import dev.handoff.routing.Decision;
import dev.handoff.routing.Routing;
import dev.handoff.routing.RoutingRequest;
import dev.handoff.routing.UnknownTeam;
import dev.handoff.session.HandoffLog;
import dev.handoff.session.HandoffLog.Standing;
import dev.handoff.session.HandoffRequest;
import dev.handoff.session.HandoffWaits;
import dev.handoff.session.SessionRow;
import dev.handoff.session.Team;
import dev.handoff.support.SupportDirectory;
import dev.handoff.support.SupportSystem.Availability;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Decides on the team, appends the handoff, and answers when it is settled. */
@Component
class LogHandoffs implements Handoffs {

    /** What the number of agents may add to the answer. */
    private static final Duration AVAILABILITY_PATIENCE = Duration.ofSeconds(1);

    private final HandoffLog log;
    private final HandoffWaits waits;
    private final Routing routing;
    private final Bots bots;
    private final SupportDirectory directory;
    /** Where a handoff goes on that had to wait for the teams; nothing there waits for a support system. */
    private final Executor afterwards;

    LogHandoffs(HandoffLog log, HandoffWaits waits, Routing routing, Bots bots, SupportDirectory directory,
            @Qualifier("lanes") Executor afterwards) {
        this.log = log;
        this.waits = waits;
        this.routing = routing;
        this.bots = bots;
        this.directory = directory;
        this.afterwards = afterwards;
    }

    @Override
    public CompletableFuture<HandoffAnswer> handOver(String bot, String session, HandoffRequest request) {
        Optional<Standing> standing = log.standing(bot, session, request);
        if (standing.isPresent()) {
            return whenSettled(standing.get(), request.patience());
        }
        CompletableFuture<Void> ready = routing.ready(bot);
        boolean atOnce = ready.isDone() && bots.get(bot).support().size() < 2;
        return atOnce ? begin(bot, session, request)
                : ready.thenComposeAsync(known -> begin(bot, session, request), afterwards);
    }

    private CompletableFuture<HandoffAnswer> begin(String bot, String session, HandoffRequest request) {
        Decision decision = decide(bot, session, request);
        return switch (decision.outcome()) {
            case TRANSFER -> whenSettled(
                    log.append(bot, session, request, decision.team(), decision.because(), decision.connection()),
                    request.patience());
            case ASK_INTENT -> CompletableFuture.completedFuture(
                    nothingDone(Status.ASK_INTENT, log.ask(bot, session), decision));
            case UNAVAILABLE -> CompletableFuture.completedFuture(
                    nothingDone(Status.UNAVAILABLE, log.session(bot, session), decision));
        };
    }

    private Decision decide(String bot, String session, HandoffRequest request) {
        try {
            return routing.decide(bot, new RoutingRequest(request.unfinishedIntents(), request.team(), request.user(),
                    log.asked(bot, session)));
        } catch (UnknownTeam e) {
            throw unknownTeam(e);
        }
    }

    /** A team that is not there, as a problem document that names those that are. */
    static ProblemException unknownTeam(UnknownTeam unknown) {
        return new ProblemException(ProblemType.UNKNOWN_TEAM, unknown.getMessage(),
                List.of(new FieldError("/team", "names no team; there are: " + String.join(", ", unknown.known()))));
    }

    private static HandoffAnswer nothingDone(Status status, SessionRow session, Decision decision) {
        return new HandoffAnswer(status, session.control(), session.epoch(), decision.team(), decision.because(), null,
                null, status == Status.ASK_INTENT ? decision.choices() : null);
    }

    private CompletableFuture<HandoffAnswer> whenSettled(Standing standing, Duration patience) {
        CompletableFuture<Integer> agentsOnline = agentsOnline(standing);
        if (standing.settled()) {
            return agentsOnline.thenApply(agents -> answer(standing, agents));
        }
        CompletableFuture<Void> settled = waits.settled(standing.handoff(), patience);
        return settled.thenCompose(done -> agentsOnline)
                .thenApply(agents -> answer(log.standing(standing.handoff()), agents));
    }

    private CompletableFuture<Integer> agentsOnline(Standing standing) {
        Team team = standing.handoff().body().team();
        if (team == null || team.id() == null) {
            return CompletableFuture.completedFuture(null);
        }
        return directory.availability(standing.session().connection(), team)
                .thenApply(Availability::agentsOnline).copy()
                .completeOnTimeout(null, AVAILABILITY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null);
    }

    private static HandoffAnswer answer(Standing standing, Integer agentsOnline) {
        Status status = standing.confirmed() ? Status.TRANSFERRED
                : standing.failed() != null ? Status.UNAVAILABLE : Status.PENDING;
        String because = standing.failed() != null ? standing.failed() : standing.handoff().body().because();
        return new HandoffAnswer(status, standing.session().control(), standing.session().epoch(),
                standing.handoff().body().team(), because, agentsOnline, standing.conversation(), null);
    }
}
