package dev.handoff.api.http;

import java.io.IOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Writes what Tomcat itself refuses (a broken URL, TRACE) as a problem document in place of its HTML page. */
class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    private final ProblemWriter writer;

    ProblemValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            writer.write(new ErrorResponseException(status, ErrorPage.ofStatus(status), null),
                    request.getRequestURI(), response.getResponse());
        } catch (IOException lost) {
            LOG.debug("Connection lost while a refusal was written", lost);
        }
    }
}
