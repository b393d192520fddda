package dev.handoff.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/** The machine's own Chromium, without a window. */
final class Browser implements AutoCloseable {

    private static final String PROPERTY = "handoff.chromium";
    private static final List<String> USUAL = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
                .setArgs(List.of("--no-sandbox")));
    }

    /** Empty, and said so, if there is none. */
    static Optional<Browser> launch() {
        List<String> candidates = System.getProperty(PROPERTY) == null ? USUAL : List.of(System.getProperty(PROPERTY));
        Optional<Path> executable = candidates.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        if (executable.isEmpty()) {
            System.out.println("Skipped: no test in a browser, there is no Chromium at " + String.join(" or ", candidates)
                    + " (install it, or set -D" + PROPERTY + "=<path>)");
        }
        return executable.map(Browser::new);
    }

    com.microsoft.playwright.Browser chromium() {
        return chromium;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
