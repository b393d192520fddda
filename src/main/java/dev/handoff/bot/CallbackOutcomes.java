package dev.handoff.bot;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

import javax.net.ssl.SSLException;

import dev.handoff.bot.CallbackFailed.Outcome;
import dev.handoff.routes.RetryAfter;

import org.apache.camel.http.base.HttpOperationFailedException;

/** What a failed callback means. */
final class CallbackOutcomes {

    /** A bot that names a longer time is asked again after this one all the same. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private CallbackOutcomes() {
    }

    /** @param late whether the call was ended because its time was over */
    static CallbackFailed of(Callback callback, Throwable failure, boolean late) {
        String url = "handoff.bots." + callback.bot() + ".callback.url";
        if (late) {
            return tooSlow(callback);
        }
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof HttpOperationFailedException http) {
                return answered(callback, http, url);
            } else if (e instanceof UnknownHostException) {
                return CallbackFailed.silence(url + ": this host is not known");
            } else if (e instanceof SSLException) {
                return unknown(url + ": no trusted TLS connection; check http or https, the host's name, and its"
                        + " certificate");
            } else if (e instanceof ConnectException) {
                return CallbackFailed.silence("the bot cannot be reached at " + url);
            } else if (e instanceof SocketTimeoutException) {
                return tooSlow(callback);
            } else if (e instanceof IOException) {
                return CallbackFailed.silence("the connection to the bot broke before its answer ("
                        + e.getClass().getSimpleName() + ")");
            }
        }
        return unknown("the route callback failed: " + failure.getClass().getSimpleName());
    }

    private static CallbackFailed tooSlow(Callback callback) {
        return CallbackFailed.silence("the bot did not answer within " + callback.timeout().toMillis() + " ms (handoff.bots."
                + callback.bot() + ".callback.timeout)");
    }

    private static CallbackFailed answered(Callback callback, HttpOperationFailedException http, String url) {
        int status = http.getStatusCode();
        Duration retryAfter = retryAfter(http);
        String answer = "the bot's callback answered " + status;
        if (status == 429 || status == 503 && retryAfter != null) {
            return new CallbackFailed(Outcome.LIMITED, status, retryAfter, answer + ": it takes no more for now");
        }
        if (status == 410) {
            return new CallbackFailed(Outcome.STOPPED, status, null,
                    answer + ": it wants no more calls; remove handoff.bots." + callback.bot() + ".callback, or mend the bot");
        }
        if (status / 100 == 3) {
            return new CallbackFailed(Outcome.UNKNOWN, status, null,
                    answer + ": redirects are not followed; set " + url + " to where it leads");
        }
        return new CallbackFailed(status >= 500 || status == 408 ? Outcome.UNKNOWN : Outcome.REFUSED, status, null,
                answer);
    }

    private static Duration retryAfter(HttpOperationFailedException http) {
        if (http.getResponseHeaders() == null) {
            return null;
        }
        Duration said = http.getResponseHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                .findFirst().map(header -> RetryAfter.of(header.getValue())).orElse(null);
        return said != null && said.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : said;
    }

    private static CallbackFailed unknown(String message) {
        return new CallbackFailed(Outcome.UNKNOWN, null, null, message);
    }
}
