package dev.handoff.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import dev.handoff.HandoffProperties;
import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

import jakarta.servlet.http.HttpServletRequest;

/** Knows the keys of bots and operators, as digests: looking one up takes the same time however much of it is right. */
class ApiKeys {

    static final int SHORTEST = 16;
    private static final String SCHEME = "Bearer ";
    /** What a bearer token may be made of (RFC 6750). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
    private static final String DEMO = "demo";

    private final Map<String, Caller> callers = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @throws ConfigurationRefused naming every key that cannot be used */
    ApiKeys(HandoffProperties handoff) {
        handoff.bots().forEach((id, bot) -> {
            String path = "handoff.bots." + id + ".keys";
            if (bot.keys().isEmpty()) {
                refuse(path, "there is none, and nobody could call for this bot. Give at least one of "
                        + SHORTEST + " characters");
            }
            addAll(path, bot.keys(), new Caller(id), handoff.sandbox() && DEMO.equals(id) ? 1 : SHORTEST);
        });
        addAll("handoff.admin.keys", handoff.admin().keys(), Caller.OPERATOR, SHORTEST);
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems);
        }
    }

    private void addAll(String path, List<String> keys, Caller caller, int shortest) {
        for (int i = 0; i < keys.size(); i++) {
            add(path + "[" + i + "]", keys.get(i), caller, shortest);
        }
    }

    private void add(String path, String key, Caller caller, int shortest) {
        if (!StringUtils.hasText(key)) {
            refuse(path, "is empty. Give a random one, or take the line out");
            return;
        }
        if (!TOKEN.matcher(key).matches()) {
            refuse(path, "has characters that a bearer key cannot have. Use letters, digits and . _ ~ + / - only");
            return;
        }
        if (key.length() < shortest) {
            refuse(path, "is too short to be safe. Give at least " + SHORTEST + " random characters");
            return;
        }
        String digest = digest(key);
        String other = paths.putIfAbsent(digest, path);
        if (other != null && !callers.get(digest).equals(caller)) {
            refuse(path, "is the same key as " + other + ". Every bot, and the operators, need keys of their own");
        }
        callers.putIfAbsent(digest, caller);
    }

    private void refuse(String path, String message) {
        problems.add(new Problem(path, message));
    }

    /** @throws ProblemException if the request has no key that we know */
    Caller callerOf(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            throw refused("Send the header Authorization: Bearer <key>.", "Bearer realm=\"handoff\"");
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("The header Authorization must be: Bearer <key>.", "Bearer realm=\"handoff\"");
        }
        return Optional.ofNullable(callers.get(digest(header.substring(SCHEME.length()).trim())))
                .orElseThrow(() -> refused("This key is not known. Keys stand in the configuration under"
                        + " handoff.bots.<bot>.keys and handoff.admin.keys.",
                        "Bearer realm=\"handoff\", error=\"invalid_token\""));
    }

    private static ProblemException refused(String detail, String challenge) {
        return new ProblemException(ProblemType.KEY_NEEDED, detail).header(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }

    private static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return new String(digest, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
