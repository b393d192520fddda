package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class SandboxPageTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ServletWebServerFactoryAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
            WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
            JacksonAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
    @Import({SandboxConfiguration.class, SandboxController.class})
    static class App {
    }

    private static ServletWebServerApplicationContext run(boolean sandbox) {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.SERVLET)
                // Above the file that ships with the application, which is no part of this test.
                .properties(Map.of("spring.config.location", "optional:classpath:/none/"))
                .run("--server.port=0", "--handoff.sandbox=" + sandbox, "--handoff.sandbox-port=0");
    }

    @Test
    void thePageAndWhatItReadsAreServed() throws Exception {
        try (ServletWebServerApplicationContext app = run(true)) {
            SandboxServer server = app.getBean(SandboxServer.class);
            Caller caller = Caller.of(server);
            caller.conversation("s");
            caller.post("~/conversations/1/messages", "{'content':'<b>שלום</b> 👋','message_type':'incoming'}");

            HttpResponse<String> page = get(app, "/sandbox");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("/sandbox/sandbox.js", "/sandbox/sandbox.css");
            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(get(app, "/sandbox/").statusCode()).isEqualTo(200);
            assertThat(get(app, "/sandbox/sandbox.js").statusCode()).isEqualTo(200);
            assertThat(get(app, "/sandbox/sandbox.css").statusCode()).isEqualTo(200);

            ObjectMapper mapper = new ObjectMapper();
            assertThat(mapper.readTree(get(app, "/sandbox/api/conversations").body()).at("/conversations/0/preview")
                    .asText()).isEqualTo("<b>שלום</b> 👋");
            assertThat(mapper.readTree(get(app, "/sandbox/api/conversations/1").body()).at("/messages/0/author")
                    .asText()).isEqualTo("user");
            assertThat(mapper.readTree(get(app, "/sandbox/api/conversations/1").body()).at("/messages/0/createdAt")
                    .isTextual()).isTrue();
            assertThat(get(app, "/sandbox/api/conversations/2").statusCode()).isEqualTo(404);
            assertThat(get(app, "/sandbox/api/conversations?limit=0").body()).contains("\"total\":1");
        }
    }

    @Test
    void withoutTheSandboxThereIsNeitherServerNorPage() throws Exception {
        try (ServletWebServerApplicationContext app = run(false)) {
            assertThat(app.getBeansOfType(SandboxServer.class)).isEmpty();
            assertThat(get(app, "/sandbox").statusCode()).isEqualTo(404);
            assertThat(get(app, "/sandbox/api/conversations").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(ServletWebServerApplicationContext app, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + app.getWebServer().getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
