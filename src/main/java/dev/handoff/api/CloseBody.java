package dev.handoff.api;

/** Why a bot takes a conversation back; may be null. */
record CloseBody(String reason) {
}
