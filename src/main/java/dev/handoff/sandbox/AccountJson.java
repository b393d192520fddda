package dev.handoff.sandbox;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How Chatwoot writes teams, agents and inboxes. */
final class AccountJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AccountJson() {
    }

    static ObjectNode team(Desk desk, SandboxSeed.Team team, SandboxSeed.Agent reader) {
        return JSON.objectNode()
                .put("id", team.id())
                .put("name", team.name())
                .putNull("description")
                .put("allow_auto_assign", team.autoAssign())
                .put("account_id", desk.seed().account())
                .put("is_member", team.members().contains(reader.id()));
    }

    /** The bare row, as an assignment answers it. */
    static ObjectNode teamRow(Desk desk, SandboxSeed.Team team) {
        return JSON.objectNode()
                .put("id", team.id())
                .put("name", team.name())
                .putNull("description")
                .put("allow_auto_assign", team.autoAssign())
                .put("account_id", desk.seed().account())
                .put("created_at", "2026-01-01T00:00:00.000Z")
                .put("updated_at", "2026-01-01T00:00:00.000Z");
    }

    static ObjectNode agent(Desk desk, SandboxSeed.Agent agent) {
        return JSON.objectNode()
                .put("id", agent.id())
                .put("account_id", desk.seed().account())
                .put("availability_status", agent.availability())
                .put("auto_offline", true)
                .put("confirmed", true)
                .put("email", agent.email())
                .put("provider", "email")
                .put("available_name", agent.name())
                .put("name", agent.name())
                .put("role", agent.role())
                .put("thumbnail", "");
    }

    static ArrayNode agents(Desk desk, List<SandboxSeed.Agent> agents) {
        ArrayNode all = JSON.arrayNode();
        agents.forEach(agent -> all.add(agent(desk, agent)));
        return all;
    }

    static ObjectNode profile(Desk desk, SandboxSeed.Agent agent, String token) {
        ObjectNode profile = agent(desk, agent)
                .put("access_token", token)
                .put("avatar_url", "")
                .putNull("display_name")
                .putNull("message_signature")
                .putNull("inviter_id")
                .put("pubsub_token", "sandbox-" + agent.id())
                .put("uid", agent.email())
                .putNull("type");
        profile.remove(List.of("auto_offline", "availability_status", "thumbnail"));
        profile.putObject("ui_settings");
        profile.putArray("accounts").addObject()
                .put("id", desk.seed().account())
                .put("name", "Sandbox")
                .put("status", "active")
                .putNull("active_at")
                .put("role", agent.role())
                .put("availability", agent.availability())
                .put("availability_status", agent.availability())
                .put("auto_offline", true)
                .putArray("permissions").add(agent.role());
        return profile;
    }

    static ObjectNode inbox(Desk desk, boolean administrator) {
        SandboxSeed.Inbox seed = desk.seed().inbox();
        boolean api = isApi(seed);
        ObjectNode inbox = JSON.objectNode()
                .put("id", seed.id())
                .put("avatar_url", "")
                .put("channel_id", seed.id())
                .put("name", seed.name())
                .put("channel_type", seed.channelType())
                .put("greeting_enabled", false)
                .putNull("greeting_message")
                .put("working_hours_enabled", false)
                .put("enable_email_collect", true)
                .put("csat_survey_enabled", false)
                .put("enable_auto_assignment", false)
                .putNull("out_of_office_message")
                .put("timezone", "UTC")
                .putNull("callback_webhook_url")
                .put("allow_messages_after_resolved", true)
                .put("lock_to_single_conversation", false)
                .put("sender_name_type", "friendly")
                .putNull("business_name")
                .putNull("provider");
        inbox.putObject("auto_assignment_config");
        ArrayNode hours = inbox.putArray("working_hours");
        for (int day = 0; day < 7; day++) {
            hours.addObject().put("day_of_week", day).put("closed_all_day", false).put("open_hour", 9)
                    .put("open_minutes", 0).put("close_hour", 17).put("close_minutes", 0).put("open_all_day", false);
        }
        if (api) {
            Webhook hook = desk.inboxHook();
            inbox.put("hmac_mandatory", false).put("webhook_url", hook == null ? null : hook.url())
                    .put("inbox_identifier", "sandbox-" + seed.id());
            inbox.putObject("additional_attributes");
            if (administrator) {
                inbox.put("hmac_token", "sandbox").put("secret", hook == null ? null : hook.secret());
            }
        }
        return inbox;
    }

    /** The short form inside a contact. */
    static ObjectNode agentBot(Desk desk) {
        SandboxSeed.Bot seed = desk.seed().bot();
        ObjectNode bot = JSON.objectNode().put("id", seed.id()).put("name", seed.name()).put("description", "")
                .put("thumbnail", "").put("outgoing_url", "").put("bot_type", "webhook")
                .put("account_id", desk.seed().account()).put("system_bot", false);
        bot.putObject("bot_config");
        return bot;
    }

    static ObjectNode inboxOfContact(Desk desk) {
        SandboxSeed.Inbox seed = desk.seed().inbox();
        return JSON.objectNode().put("id", seed.id()).put("avatar_url", "").put("channel_id", seed.id())
                .put("name", seed.name()).put("channel_type", seed.channelType()).putNull("provider");
    }

    static boolean isApi(SandboxSeed.Inbox inbox) {
        return "Channel::Api".equals(inbox.channelType());
    }
}
