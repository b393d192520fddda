package dev.handoff.inbound;

/** The lane is being worked on: what was read is not told before that has ended, and is read again then. */
class ComeBack extends RuntimeException {

    ComeBack() {
        super("The lane is being worked on", null, false, false);
    }
}
