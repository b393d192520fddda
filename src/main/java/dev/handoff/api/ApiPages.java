package dev.handoff.api;

import java.io.IOException;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Serves the contract, and leads to the page where it can be tried. */
@Controller
class ApiPages {

    private final byte[] yaml;
    private final byte[] json;

    ApiPages(OpenApiFile file, ObjectMapper mapper) throws IOException {
        yaml = file.yaml();
        json = mapper.writeValueAsBytes(file.document());
    }

    @ResponseBody
    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    byte[] yaml() {
        return yaml;
    }

    @ResponseBody
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json() {
        return json;
    }

    @GetMapping({"/docs", "/docs/"})
    String docs() {
        return "redirect:/docs/index.html";
    }
}
