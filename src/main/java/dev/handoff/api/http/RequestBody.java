package dev.handoff.api.http;

import java.io.IOException;
import java.io.InputStream;

import jakarta.servlet.http.HttpServletRequest;

/** Reads a request's body, and stops at the limit. */
class RequestBody {

    private static final byte[] NONE = new byte[0];

    private final long limit;

    RequestBody(long limit) {
        this.limit = limit;
    }

    /** @throws ProblemException if it is longer than the limit, or breaks off */
    byte[] read(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        if (announced == 0 || announced < 0 && request.getHeader("Transfer-Encoding") == null) {
            return NONE;
        }
        if (announced > limit) {
            throw tooLarge();
        }
        try {
            InputStream in = request.getInputStream();
            byte[] body = in.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 16L));
            if (announced < 0 && in.read() >= 0) {
                throw tooLarge();
            }
            return body;
        } catch (IOException broken) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The request ended before its body did.", broken);
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, "The limit is " + limit + " bytes"
                + " (handoff.limits.body-bytes). Send less history at once, or shorter texts.");
    }
}
