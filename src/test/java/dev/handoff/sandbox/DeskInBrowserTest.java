package dev.handoff.sandbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.handoff.App;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A newcomer's first minute, in a real browser on the application as it is shipped. */
class DeskInBrowserTest {

    private static Browser browser;
    private static App app;

    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        browser = Browser.launch().orElse(null);
        assumeTrue(browser != null, "no Chromium");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", 0);
        properties.put("handoff.sandbox-port", 0);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        app = App.start(properties);
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            app.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        open(1500, 900);
    }

    private void open(int width, int height) {
        if (context != null) {
            context.close();
        }
        context = browser.chromium().newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height));
        page = context.newPage();
        page.onPageError(errors::add);
        page.navigate(app.url() + "/sandbox");
        assertThat(page.getByText("Hello! I am a demo bot")).isVisible();
    }

    @AfterEach
    void nothingWentWrongInTheScripts() {
        context.close();
        assertThat(errors).isEmpty();
    }

    private Locator chat() {
        return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Chat"));
    }

    private Locator desk() {
        return page.locator("#desk");
    }

    private void userSays(String text) {
        page.getByLabel("Your message to the bot").fill(text);
        page.keyboard().press("Enter");
    }

    private void handOverToPayments() {
        userSays("I have a problem with a payment");
        assertThat(chat()).containsText("What happened with the payment?");
        userSays("charged twice");
        assertThat(chat()).containsText("You are in the queue of Payments");
    }

    private void openOwnConversation() {
        desk().locator("li button", new Locator.LocatorOptions().setHasText("your user")).click();
    }

    @Test
    void theBotHandsOverAndTheAgentSeesWhatWasSaid() {
        handOverToPayments();
        assertThat(page.locator("#control")).hasText("Waiting for a person");
        assertThat(desk().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Payments").setExact(true)))
                .isVisible();
        openOwnConversation();
        assertThat(desk().getByLabel("Messages")).containsText("charged twice");

        userSays("Is anybody there?");
        assertThat(desk().getByLabel("Messages")).containsText("Is anybody there?");
    }

    @Test
    void theAgentWorksOnTheConversation() {
        handOverToPayments();
        openOwnConversation();
        Locator lines = desk().getByLabel("Messages");

        desk().getByText("Private note", new Locator.GetByTextOptions().setExact(true)).click();
        desk().getByLabel("Your text").fill("a careful one");
        page.keyboard().press("Enter");
        assertThat(lines.locator(".note")).containsText("only agents see this");

        page.locator("#transfer").selectOption("Travel");
        assertThat(lines).containsText("Assigned to travel");
        desk().getByLabel("Assignee").selectOption("Ben Okafor");
        assertThat(lines).containsText("Assigned to Ben Okafor");

        desk().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resolve")).click();
        assertThat(page.locator("#conversation-status")).hasText("resolved");
        desk().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reopen")).click();
        assertThat(page.locator("#conversation-status")).hasText("open");
    }

    @Test
    void whoeverWantsAPersonForNothingInParticularIsAskedForWhat() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Talk to a person")).click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("A flight")).click();
        assertThat(chat()).containsText("You are in the queue of Travel");
    }

    @Test
    void theUserCanGoBackToTheBot() {
        handOverToPayments();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End with people")).click();
        assertThat(chat()).containsText("I am the bot again");
        userSays("when are you open?");
        assertThat(chat()).containsText("round the clock");
    }

    @Test
    void whatPeopleWriteIsTextAndNeverMarkup() {
        String nasty = "<img src=x onerror=\"document.title='owned'\"> <b>שלום</b> 👋";
        handOverToPayments();
        userSays(nasty);
        openOwnConversation();
        assertThat(chat()).containsText(nasty);
        assertThat(desk().getByLabel("Messages")).containsText(nasty);
        assertThat(page.locator("main img, main .text b")).hasCount(0);
        assertThat(page.title()).startsWith("Sandbox");
    }

    @Test
    void theKeyboardIsEnough() {
        handOverToPayments();
        desk().locator("li button", new Locator.LocatorOptions().setHasText("your user")).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#opened")).isVisible();
        for (int steps = 0; steps < 20 && !page.evaluate("document.activeElement.id").equals("answer-text"); steps++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().type("line one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("line two");
        page.keyboard().press("Enter");
        assertThat(desk().getByLabel("Messages").locator(".agent .text")).hasText("line one\nline two");
    }

    @Test
    void aReloadKeepsTheChatAndANewUserBeginsAnother() {
        handOverToPayments();
        page.reload();
        assertThat(chat()).containsText("charged twice");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New user")).click();
        assertThat(chat().locator("li")).hasCount(1);
        assertThat(page.locator("#control")).hasText("The bot answers");
    }

    @Test
    void aMessageThatDoesNotGetThroughCanBeSentAgain() {
        page.route("**/messages", route -> route.abort());
        userSays("hello there");
        assertThat(chat()).containsText("not sent");
        page.unroute("**/messages");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send again")).click();
        assertThat(chat()).containsText("Hello! What can I do for you?");
        assertThat(chat().getByText("hello there")).hasCount(1);
    }

    @Test
    void aNarrowWindowShowsOneSideAtATime() {
        open(400, 800);
        assertThat(desk()).isHidden();
        handOverToPayments();
        Locator toDesk = page.locator(".sides").getByText("Agents’ desk");
        assertThat(toDesk).containsText("new");
        toDesk.click();
        assertThat(chat()).isHidden();
        openOwnConversation();
        assertThat(page.locator("#queue")).isHidden();
        page.getByText("All conversations").click();
        assertThat(page.locator("#queue")).isVisible();
        assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isTrue();
    }
}
