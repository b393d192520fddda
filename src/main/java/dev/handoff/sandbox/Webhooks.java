package dev.handoff.sandbox;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The webhooks of a sandbox, about conversations, messages and typing: sent once each, signed as Chatwoot signs, by threads of their own. Those of one
 * conversation keep their order unless {@link #faults(WebhookFaults)} says otherwise.
 */
public final class Webhooks implements AutoCloseable {

    private final List<Webhook> hooks = new CopyOnWriteArrayList<>();
    private final Random dice;
    private final Supplier<Desk> desk;
    private final ObjectMapper mapper;
    private final WebhookJson json;
    private final WebhookLanes lanes = new WebhookLanes();
    private final WebhookSender sender = new WebhookSender();
    private volatile WebhookFaults faults = WebhookFaults.NONE;

    Webhooks(ObjectMapper mapper, long seed, Supplier<Desk> desk) {
        this.mapper = mapper;
        this.json = new WebhookJson(mapper);
        this.dice = new Random(seed);
        this.desk = desk;
    }

    /** Adds a webhook of the account; no kinds: all of them. Each kind is named as Chatwoot names the event. */
    public void account(String url, String secret, String... kinds) {
        add(new Webhook(url, secret, Set.of(kinds), false));
    }

    /** Sets the address of the API inbox, which is told everything. */
    public void inbox(String url, String secret) {
        add(new Webhook(url, secret, Set.of(), true));
    }

    /** An inbox has one address at most: another one takes its place. */
    void add(Webhook hook) {
        if (hook.inbox()) {
            hooks.removeIf(Webhook::inbox);
        }
        hooks.add(hook);
    }

    /** Of the inbox; null for none. */
    Webhook inbox() {
        return hooks.stream().filter(Webhook::inbox).findFirst().orElse(null);
    }

    public List<Webhook> list() {
        return List.copyOf(hooks);
    }

    /** Tells nobody any more. */
    public void clear() {
        hooks.clear();
    }

    /** From now on these go wrong. */
    public void faults(WebhookFaults now) {
        faults = now;
    }

    public WebhookFaults faults() {
        return faults;
    }

    /** A secret as Chatwoot makes it. */
    static String newSecret() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Is called under the conversation's lock. */
    void happened(Happening happening) {
        for (Webhook hook : hooks) {
            if (hook.wants(happening.event())) {
                deliver(hook, happening);
            }
        }
    }

    private void deliver(Webhook hook, Happening happening) {
        WebhookFaults now = faults;
        if (hits(now.drop())) {
            return;
        }
        String id = UUID.randomUUID().toString();
        List<String> ids = new ArrayList<>(List.of(id));
        if (hits(now.repeat())) {
            ids.add(id);
        }
        if (hits(now.again())) {
            ids.add(UUID.randomUUID().toString());
        }
        boolean swapped = hits(now.swap());
        for (String delivery : ids) {
            long millis = hits(now.late()) ? now.lateness().toMillis() : 0;
            lanes.add(happening.conversation().id(), millis, swapped, () -> send(hook, happening, delivery));
        }
    }

    private void send(Webhook hook, Happening happening, String delivery) {
        Desk account = desk.get();
        Conversation conversation = happening.conversation();
        if (account.conversation(conversation.id()) != conversation) {
            // Deleted meanwhile, or the sandbox was reset: Chatwoot's job finds nothing to tell of.
            return;
        }
        boolean taken = sender.send(hook, delivery, bytes(account, happening));
        if (!taken && hook.inbox() && happening.message() != null) {
            account.change(conversation, happening.message(), Message::undeliverable);
        }
    }

    private byte[] bytes(Desk account, Happening happening) {
        try {
            return mapper.writeValueAsBytes(json.write(account, happening));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a webhook of the sandbox", e);
        }
    }

    private boolean hits(double chance) {
        return chance > 0 && dice.nextDouble() < chance;
    }

    @Override
    public void close() {
        lanes.close();
    }
}
