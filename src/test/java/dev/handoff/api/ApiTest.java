package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Talks to the API over HTTP. The services behind it are in memory. */
@SpringBootTest(classes = ApiUnderTest.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
    "handoff.sandbox=true",
    "handoff.bots.shop.keys=" + Api.SHOP_KEY,
    "handoff.bots.other.keys=" + Api.OTHER_KEY,
    "handoff.bots.demo.keys=demo",
    "handoff.admin.keys=" + Api.ADMIN_KEY,
    "handoff.limits.body-bytes=1000000",
    "spring.servlet.multipart.enabled=false",
    "server.tomcat.threads.max=10",
    "logging.pattern.console=[%X{session}] %m%n%ex",
    "spring.main.banner-mode=off"})
abstract class ApiTest {

    static final String SESSION = "/v1/bots/shop/sessions/web-1";
    static final String MESSAGES = SESSION + "/messages";
    static final String HANDOFF = SESSION + "/handoff";

    @LocalServerPort
    int port;

    @Autowired
    Services services;

    Api api;
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void client() {
        api = new Api(port);
        services.reset();
    }

    /** Checks the shape of all problems, and gives it on. */
    static Api.Answer problem(Api.Answer answer, int status, String type) {
        assertThat(answer.http().body()).isNotEmpty();
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("/docs/problems.html#" + type);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        return answer;
    }

    static void field(Api.Answer answer, String field, String message) {
        assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
        assertThat(answer.json().path("errors").toString()).contains(message);
    }

    String quoted(String text) {
        return json.valueToTree(text).toString();
    }
}
