package dev.handoff.conformance;

/**
 * Something that is not as a description has it.
 *
 * @param call    method and path as the description names it
 * @param part    {@code call}, {@code query}, {@code request} or {@code answer}
 * @param pointer where, as a JSON pointer; numbers in it stand as {@code *}
 */
public record Breach(String call, String part, String pointer, String message) {

    @Override
    public String toString() {
        return call + ": " + part + " at '" + pointer + "': " + message;
    }
}
