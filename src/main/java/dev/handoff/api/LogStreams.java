package dev.handoff.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;
import dev.handoff.session.Sessions;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** All clients of this node that follow a log by server-sent events. */
class LogStreams implements SmartLifecycle {

    private static final int PAGE = 200;
    /** Of each bot. A client that does not read blocks one of them until the server's write time-out. */
    private static final int WRITERS = 8;
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final LogReads reads;
    private final ApiJson json;
    private final Set<LogStream> open = ConcurrentHashMap.newKeySet();
    private final Map<String, ThreadPoolExecutor> writers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock;
    private volatile boolean running;

    LogStreams(Sessions sessions, LogReads reads, ApiJson json) {
        this.sessions = sessions;
        this.reads = reads;
        this.json = json;
        this.clock = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("log-stream-beat-"));
    }

    /** Answers a {@code GET …/log} that accepts {@code text/event-stream}. */
    public SseEmitter stream(HttpServletRequest request, HttpServletResponse response) {
        Call call = new Call(request);
        String bot = call.bot();
        String session = call.session();
        if (!running) {
            throw new ProblemException(ProblemType.NOT_READY, "It is stopping. Send the same again.").retryAfter(SOON);
        }
        LogStream stream = new LogStream(call.lastEventId(), after -> {
            reads.read(bot);
            return sessions.log(bot, session, after, PAGE).orElseThrow();
        }, json, writers.computeIfAbsent(bot, LogStreams::writers));
        // First follow, then read: nothing falls between.
        Runnable unfollow = sessions.follow(bot, session, stream::grown).orElseThrow(SessionCalls.unknown());
        open.add(stream);
        stream.emitter().onCompletion(() -> {
            unfollow.run();
            open.remove(stream);
        });
        stream.emitter().onError(failure -> stream.end());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Else nginx keeps events back until its buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        stream.open();
        return stream.emitter();
    }

    private static ThreadPoolExecutor writers(String bot) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(WRITERS, WRITERS, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), new CustomizableThreadFactory("log-stream-" + bot + "-"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void start() {
        running = true;
        clock.scheduleWithFixedDelay(() -> open.forEach(LogStream::beat), BEAT.toMillis(), BEAT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The server waits for requests that are under way, and these would never end. */
    @Override
    public void stop() {
        running = false;
        clock.shutdown();
        open.forEach(LogStream::end);
        writers.values().forEach(ThreadPoolExecutor::shutdown);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
