package dev.handoff;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import com.fasterxml.jackson.databind.JsonNode;

/** Follows a log by server-sent events, without a thread. */
final class Events implements Flow.Subscriber<String>, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Void>> answer;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private String id;
    private String kind;
    private String data;

    /** An event as it came. */
    record Event(String id, String kind, JsonNode data) {
    }

    private Events(HttpRequest request) {
        answer = CLIENT.sendAsync(request, BodyHandlers.fromLineSubscriber(this));
    }

    /** @param lastEventId null: from the beginning */
    static Events of(App app, String session, String lastEventId) {
        return of(app.url() + "/v1/bots/shop/sessions/" + session + "/log", App.BOT_KEY, lastEventId);
    }

    static Events of(String url, String key, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + key);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new Events(request.build());
    }

    List<Event> all() {
        return List.copyOf(events);
    }

    List<Long> seqs() {
        return events.stream().map(event -> event.data().path("seq").asLong()).toList();
    }

    /** Waits for the first byte. */
    Events opened() {
        opened.join();
        return this;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(String line) {
        opened.complete(null);
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
        if (line.isEmpty()) {
            if (data != null) {
                events.add(new Event(id, kind, parsed(data)));
            }
            data = null;
        } else if (line.startsWith("id:")) {
            id = value;
        } else if (line.startsWith("event:")) {
            kind = value;
        } else if (line.startsWith("data:")) {
            data = data == null ? value : data + "\n" + value;
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return Api.JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Not JSON: " + text, e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        opened.completeExceptionally(failure);
        ended.complete(null);
    }

    @Override
    public void onComplete() {
        opened.complete(null);
        ended.complete(null);
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.cancel();
        }
        answer.cancel(true);
    }
}
