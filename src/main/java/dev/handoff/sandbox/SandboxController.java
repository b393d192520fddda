package dev.handoff.sandbox;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The page on which one plays the agent, and what it asks for. */
@Controller
@ConditionalOnProperty(name = "handoff.sandbox", havingValue = "true")
class SandboxController {

    private final AgentView view;
    private final Agents agents;

    SandboxController(SandboxServer server) {
        this.view = server.view();
        this.agents = server.agents();
    }

    @GetMapping({"/sandbox", "/sandbox/"})
    String page() {
        return "forward:/sandbox/index.html";
    }

    @GetMapping("/sandbox/api/staff")
    @ResponseBody
    AgentView.Staff staff() {
        return view.staff();
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

    /** Does what an agent does, and shows the conversation as it is then. */
    @PostMapping(path = "/sandbox/api/conversations/{id}/{action}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    AgentView.Detail act(@PathVariable long id, @PathVariable String action, @RequestBody AgentAction details) {
        try {
            details.perform(agents, id, action);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, refused.getMessage(), refused);
        }
        return conversation(id);
    }
}
