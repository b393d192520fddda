package dev.handoff.support;

import java.io.IOException;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;

/**
 * The last step before a request is written to a connection that is open: asks the {@link SendGuard}, and notes that
 * something that may change the system has left.
 */
class GuardedSending implements ExecChainHandler {

    static final ThreadLocal<SendGuard> GUARD = new ThreadLocal<>();
    static final ThreadLocal<Sent> SENT = new ThreadLocal<>();

    /** What has left within the present operation that is not a mere reading. */
    static final class Sent {
        boolean writes;
        /** One of them was done, as its answer says. */
        boolean done;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        SendGuard guard = GUARD.get();
        if (guard != null) {
            guard.beforeSend();
        }
        Sent sent = SENT.get();
        if (sent == null || Method.GET.isSame(request.getMethod())) {
            return chain.proceed(request, scope);
        }
        sent.writes = true;
        ClassicHttpResponse answer = chain.proceed(request, scope);
        sent.done |= answer.getCode() / 100 == 2;
        return answer;
    }
}
