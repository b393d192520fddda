package dev.handoff;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands under {@code handoff:} in {@code application.yaml}. Keys that are not here are refused at start.
 *
 * @param sandbox     whether the built-in stand-in for a support system runs; it adds a connection named {@code sandbox}
 * @param sandboxPort TCP port on loopback where the stand-in serves its API; 0 takes a free one
 * @param routes      folder of the YAML routes, relative to the working directory
 * @param node        a name that this process keeps over restarts, so that it voids its own leases when it comes
 *                    back; must differ between replicas. Empty: a new name at each start
 * @param connections the accounts of support systems, by name
 * @param bots        the tenants, by id
 * @param admin       the operators
 * @param lane        how entries are delivered
 * @param limits      what is refused for its size
 */
@ConfigurationProperties(prefix = "handoff", ignoreUnknownFields = false)
public record HandoffProperties(
        @DefaultValue("false") boolean sandbox,
        @DefaultValue("8090") int sandboxPort,
        @DefaultValue("routes") String routes,
        @DefaultValue("") String node,
        @DefaultValue Map<String, Connection> connections,
        @DefaultValue Map<String, Bot> bots,
        @DefaultValue Admin admin,
        @DefaultValue Lane lane,
        @DefaultValue Limits limits) {

    /**
     * One account of a support system.
     *
     * @param system            the folder under {@code routes/support}
     * @param mode              {@code external}: the bot owns the channel
     * @param settings          what the system's {@code system.yaml} asks for
     * @param timeout           how long one HTTP call may take
     * @param concurrency       how many lanes of this connection one node works on at once
     * @param messagesPerMinute the account's limit; unset: none
     * @param capabilities      values of {@code system.yaml} that differ on this account
     *                          ({@code settles-in}, {@code longest-text}, {@code messages-per-minute})
     * @param sweep             how often it is asked for changes of which no webhook told; one that can only be asked
     *                          conversation by conversation is, the longer nothing is new the rarer
     * @param reopen            what the next handoff of a session finds
     * @param templates         what becomes of texts that the system posts by itself (greeting, out of office,
     *                          survey): kept from the user, or relayed as of nobody
     */
    public record Connection(
            String system,
            @DefaultValue("external") String mode,
            @DefaultValue Map<String, Object> settings,
            @DefaultValue("16s") Duration timeout,
            @DefaultValue("128") int concurrency,
            Integer messagesPerMinute,
            @DefaultValue Map<String, Object> capabilities,
            @DefaultValue("30s") Duration sweep,
            @DefaultValue("new") Reopen reopen,
            @DefaultValue("drop") Templates templates) {
    }

    /** Whether a further handoff of a session makes a new conversation, or opens the last one again. */
    public enum Reopen {
        NEW, SAME
    }

    /** What becomes of texts that no person wrote. */
    public enum Templates {
        DROP, RELAY
    }

    /**
     * One tenant.
     *
     * @param keys    bearer keys of the API
     * @param support names of connections, the preferred one first
     * @param deadline how long a handoff may take, on all connections together, before the bot has the session again
     * @param failover how long nothing may go well on a connection before the next one has its turn
     * @param callback where the bot is told what people say; unset: it reads its logs
     * @param routing which team takes which intents; unset: conversations are handed over without a team
     */
    public record Bot(@DefaultValue List<String> keys, @DefaultValue List<String> support,
            @DefaultValue("15m") Duration deadline, @DefaultValue("2m") Duration failover, Callback callback,
            Routing routing) {
    }

    /**
     * A bot's address for what people say.
     *
     * @param secret         {@code whsec_} and base64, by which the bot knows that we call
     * @param secretPrevious the one before, while the bot may still know only that; signatures are made with both
     * @param timeout        how long one call may take
     * @param concurrency    how many of its sessions one node tells it of at once
     */
    public record Callback(
            String url,
            String secret,
            String secretPrevious,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("32") int concurrency) {

        /** The secrets to sign with, the newest first. */
        public List<String> secrets() {
            return secretPrevious == null ? List.of(secret) : List.of(secret, secretPrevious);
        }
    }

    /**
     * A routing priority; see {@code dev.handoff.routing.RoutingTable}.
     *
     * @param defaultTeam named {@code default} in the file
     */
    public record Routing(
            @org.springframework.boot.context.properties.bind.Name("default") String defaultTeam,
            @DefaultValue("false") boolean askIntent,
            @DefaultValue List<Row> teams,
            @DefaultValue List<Choice> ask) {
    }

    /** One row: a team and its intents, each a name or {@code prefix.*}. */
    public record Row(String team, @DefaultValue List<String> intents) {
    }

    /** One answer to "what is it about?": an intent and its label by language. */
    public record Choice(String intent, @DefaultValue Map<String, String> label) {
    }

    /** Operators' bearer keys. */
    public record Admin(@DefaultValue List<String> keys) {
    }

    /**
     * @param lease        how long a claim holds without renewal; must exceed every connection's time-out
     * @param poll         how often due lanes are looked for
     * @param firstRetry   the first back-off
     * @param longestRetry the longest back-off
     */
    public record Lane(
            @DefaultValue("20s") Duration lease,
            @DefaultValue("250ms") Duration poll,
            @DefaultValue("1s") Duration firstRetry,
            @DefaultValue("30s") Duration longestRetry) {
    }

    /**
     * @param bodyBytes the largest request body
     */
    public record Limits(@DefaultValue("8388608") long bodyBytes) {
    }
}
