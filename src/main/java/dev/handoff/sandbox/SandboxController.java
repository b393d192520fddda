package dev.handoff.sandbox;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The page that shows what agents would see, and what it reads. */
@Controller
@ConditionalOnProperty(name = "handoff.sandbox", havingValue = "true")
class SandboxController {

    private final AgentView view;

    SandboxController(SandboxServer server) {
        this.view = server.view();
    }

    @GetMapping({"/sandbox", "/sandbox/"})
    String page() {
        return "forward:/sandbox/index.html";
    }

    /** The newest first. */
    @GetMapping("/sandbox/api/conversations")
    @ResponseBody
    AgentView.Overview conversations(@RequestParam(required = false) String team,
            @RequestParam(required = false) String status, @RequestParam(defaultValue = "100") int limit) {
        return view.conversations(new AgentView.Wanted(team, status, null, Math.max(0, limit)));
    }

    @GetMapping("/sandbox/api/conversations/{id}")
    @ResponseBody
    AgentView.Detail conversation(@PathVariable long id) {
        return view.conversation(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
