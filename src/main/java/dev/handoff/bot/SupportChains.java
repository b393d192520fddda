package dev.handoff.bot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The support chains that operators set, in the table {@code bot_support}. */
@Component
class SupportChains {

    /** How long another replica may go on with the chain before. */
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {
    };

    private final JdbcClient database;
    private final ObjectMapper json;
    private final LoadingCache<String, Optional<List<String>>> chains;

    SupportChains(JdbcClient database, ObjectMapper json) {
        this.database = database;
        this.json = json;
        this.chains = Caffeine.newBuilder().expireAfterWrite(FRESH).build(this::read);
    }

    Optional<List<String>> of(String bot) {
        return chains.get(bot);
    }

    void store(String bot, List<String> connections) {
        String text = write(connections);
        // Three plain statements in place of an upsert: the databases do not share one.
        if (update(bot, text) == 0 && insert(bot, text) == 0) {
            update(bot, text);
        }
        chains.invalidate(bot);
    }

    private int update(String bot, String text) {
        return database.sql("update bot_support set support = ?, updated_at = current_timestamp where bot = ?")
                .params(text, bot).update();
    }

    private int insert(String bot, String text) {
        return database.sql("insert into bot_support (bot, support, updated_at) values (?, ?, current_timestamp)"
                + " on conflict do nothing").params(bot, text).update();
    }

    private Optional<List<String>> read(String bot) {
        return database.sql("select support from bot_support where bot = ?").param(bot)
                .query(String.class).optional().map(text -> parse(bot, text));
    }

    private List<String> parse(String bot, String text) {
        try {
            return json.readValue(text, NAMES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bot_support holds something else than a list of names for the bot " + bot
                    + ": set it again with PUT /v1/admin/bots/" + bot + "/support", e);
        }
    }

    private String write(List<String> connections) {
        try {
            return json.writeValueAsString(connections);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
