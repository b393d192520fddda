package dev.handoff.conformance;

/** Something is not as it must be. The message is what was expected. */
final class Mismatch extends AssertionError {

    private final transient String got;
    private final transient String mend;

    Mismatch(String expected, Object got, String mend) {
        super(expected);
        this.got = String.valueOf(got);
        this.mend = mend;
    }

    String got() {
        return got;
    }

    /** How to mend it. */
    String mend() {
        return mend;
    }

    static void unless(boolean holds, String expected, Object got, String mend) {
        if (!holds) {
            throw new Mismatch(expected, got, mend);
        }
    }
}
