package dev.handoff.sandbox.demo;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import dev.handoff.sandbox.demo.BotApi.Failed;

/** The user's side of the page: what a website's chat widget would ask of its bot. */
@RestController
@RequestMapping(path = "/sandbox/api/chats", produces = MediaType.APPLICATION_JSON_VALUE)
@ConditionalOnProperty(name = "handoff.sandbox", havingValue = "true")
class DemoController {

    record Begun(String chat) {
    }

    /** @param id by which the page may send the same again */
    record Said(String id, String text) {
    }

    record Taken(long seq) {
    }

    /** Something that is asked of the bot. */
    private interface Asked<T> {
        T get() throws Failed;
    }

    private final Demo demo;

    DemoController(Demo demo) {
        this.demo = demo;
    }

    // A body is asked for even where there is nothing to say: a page of another origin cannot send JSON unasked.
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Begun begin() {
        return new Begun(asked(() -> demo.bot().begin()));
    }

    @GetMapping("/{chat}")
    DemoBot.View view(@PathVariable String chat, @RequestParam(defaultValue = "0") long after) {
        return asked(() -> demo.bot().view(chat, Math.max(0, after))).orElseThrow(DemoController::unknown);
    }

    @PostMapping(path = "/{chat}/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    Taken say(@PathVariable String chat, @RequestBody Said said) {
        if (said.text() == null || said.text().isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "text is missing");
        }
        return new Taken(asked(() -> demo.bot().hear(chat, said.id(), said.text()))
                .orElseThrow(DemoController::unknown));
    }

    @PostMapping(path = "/{chat}/end", consumes = MediaType.APPLICATION_JSON_VALUE)
    void end(@PathVariable String chat) {
        if (!asked(() -> demo.bot().end(chat))) {
            throw unknown();
        }
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such chat");
    }

    private static <T> T asked(Asked<T> asked) {
        try {
            return asked.get();
        } catch (Failed failed) {
            throw new ResponseStatusException(HttpStatus.BAD_GATEWAY, "The API refused the demo bot", failed);
        }
    }
}
