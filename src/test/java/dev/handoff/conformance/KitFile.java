package dev.handoff.conformance;

import java.nio.file.Path;

import dev.handoff.ConfigurationRefused;
import dev.handoff.routes.YamlFile;

/** Reads what is written for the kit. */
final class KitFile {

    private KitFile() {
    }

    /** @throws Mismatch with the line, if it is not YAML: that is no fault of the kit, and of no route */
    static YamlFile recording(Path file) {
        try {
            return YamlFile.read(file);
        } catch (ConfigurationRefused e) {
            throw new Mismatch("a recording that is YAML", e.getMessage(), "correct the recording");
        }
    }

    /** @throws NotReady with the line, if it is not YAML */
    static YamlFile account(Path file) {
        try {
            return YamlFile.read(file);
        } catch (ConfigurationRefused e) {
            throw new NotReady(e.getMessage() + "; correct it, the kit begins with it.");
        }
    }
}
