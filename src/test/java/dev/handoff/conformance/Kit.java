package dev.handoff.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.handoff.HandoffProperties;
import dev.handoff.conformance.Result.Outcome;
import dev.handoff.support.CallFailed;

/** Runs the suite against one route set. */
final class Kit implements AutoCloseable {

    private static final String NOWHERE = "http://127.0.0.1:1";

    private final SystemFile file;
    private final Account account;
    private final OtherSide side;
    private final Wire wire = new Wire();
    private final RunningRoutes routes;
    private final People people;
    private final Placeholders placeholders;
    private final Conformity conformity;
    private final List<String> remarks = new ArrayList<>();

    private Kit(Account given, OtherSide side) throws Exception {
        this.file = SystemFile.read(given.routes().resolve(given.system()));
        this.side = side;
        Placeholders known = new Placeholders().with("run", Inputs.RECORDED_RUN)
                .with("longest", Texts.longest(file.longestText()));
        for (Map.Entry<String, String> value : side.values().entrySet()) {
            known = value.getKey().equals("server") ? known : known.with(value.getKey(), value.getValue());
        }
        this.placeholders = settings(known.with("server", wire.url()), given.filled(known.with("server", wire.url())));
        Account filled = given.filled(placeholders);
        this.routes = new RunningRoutes(filled, given.filled(known.with("server", NOWHERE)).settings(), file);
        this.account = given.isLive() ? teams(filled) : filled;
        this.conformity = new Conformity(published(), account, file);
        Account beyond = (given.isLive() ? LiveAccount.withTeams(given, List.of(account.team(), account.otherTeam()))
                : given).filled(known.with("server", side.values().getOrDefault("server", NOWHERE)));
        this.people = new People(routes.camel(), beyond, file.typed(beyond.settings()));
    }

    private Account teams(Account live) throws CallFailed {
        wire.connect(new Forwarder(side.values().get("server")));
        return LiveAccount.withTeams(live, routes.connection(RunningRoutes.MAIN).teams());
    }

    private Map<Account.Published, PublishedDescription> published() {
        Map<Account.Published, PublishedDescription> there = new LinkedHashMap<>();
        if (account.published().isEmpty()) {
            remarks.add("Requests are not checked: account.yaml names no published description.");
        }
        for (Account.Published one : account.published()) {
            Path path = PublishedDescription.FOLDER.resolve(one.file());
            PublishedDescription.in(path).ifPresent(description -> there.put(one, description));
            remarks.add(there.containsKey(one) ? "Requests are checked against " + one.file() + "."
                    : "Requests are not checked: " + path + " is not there (set -Dhandoff.specs=<folder>).");
        }
        return there.size() == account.published().size() ? there : Map.of();
    }

    private static Placeholders settings(Placeholders known, Account account) {
        Placeholders all = known;
        for (Map.Entry<String, Object> setting : account.settings().entrySet()) {
            all = all.with("settings." + setting.getKey(), String.valueOf(setting.getValue()));
        }
        return all;
    }

    /** @throws NotHere if its server cannot be had on this machine */
    static ReportCard run(Account account) {
        return run(account, one -> true);
    }

    /** Against a live account. */
    static ReportCard run(Account account, HandoffProperties.Connection connection, Predicate<Case> wanted) {
        return run(LiveAccount.of(account, connection), LiveAccount.side(account, connection), wanted);
    }

    /** @param wanted which cases are tried */
    static ReportCard run(Account account, Predicate<Case> wanted) {
        return run(account, OtherSide.start(account), wanted);
    }

    private static ReportCard run(Account account, OtherSide side, Predicate<Case> wanted) {
        try (AutoCloseable stop = side.stop(); Kit kit = new Kit(account, side)) {
            return kit.tryAll(wanted);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ReportCard tryAll(Predicate<Case> wanted) {
        List<Result> results = new ArrayList<>();
        List<Case> suite = Suite.of(file, account, placeholders).stream().filter(one -> one.declared().test(file))
                .toList();
        List<Case> files = FileCases.all(account, suite, conformity, () -> results.stream().anyMatch(Result::failed));
        Stream.concat(suite.stream(), files.stream()).filter(wanted).forEach(one -> results.add(run(one)));
        return new ReportCard(account.system(), side.words(), Suite.GROUPS, results, remarks);
    }

    private Result run(Case one) {
        String cannot = account.cannot(one.name());
        if (cannot != null && !one.must()) {
            return new Result(one, Outcome.CANNOT, cannot, List.of(), null, null, List.of());
        }
        Scene scene = new Scene(routes::connection, routes.any(), file, account,
                account.isRecorded() ? Inputs.recorded() : Inputs.fresh(), wire, people);
        List<Mismatch> problems = new ArrayList<>();
        if (cannot != null) {
            problems.add(new Mismatch("no excuse for this case", cannot, "take it from 'cannot' in account.yaml"));
        }
        Path recording = account.isRecorded() && one.recorded() ? account.file(one.name() + ".yaml") : null;
        Player player = null;
        try {
            // Before the recording is read: what the case before has sent is none of this one's.
            wire.connect(account.isRecorded() ? sent -> Wire.Reply.json(500, "{}")
                    : new Forwarder(side.values().get("server")));
            if (recording != null) {
                player = player(one);
                wire.connect(player);
            }
            one.body().run(scene);
        } catch (NotTried e) {
            return new Result(one, Outcome.NOT_TRIED, e.getMessage(), List.of(), null, null, List.of());
        } catch (Mismatch e) {
            problems.add(e);
        } catch (Exception | AssertionError e) {
            problems.add(new Mismatch("the case comes to its end", e, "this may be a fault of the kit"));
        }
        if (player != null) {
            if (player.wentAstray()) {
                // What came of it is no news.
                problems.clear();
            }
            problems.addAll(player.mismatches());
        }
        problems.addAll(conformity.of(player != null ? wire.exchanges() : wire.exchanges().stream().map(Kit::ofTheKit).toList()));
        return new Result(one, problems.isEmpty() ? Outcome.PASSED : Outcome.FAILED, null, problems,
                route(scene.operation()), recording, wire.exchanges().stream().map(Wire.Exchange::sent).toList());
    }

    /** What the kit itself answers follows no description. */
    private static Wire.Exchange ofTheKit(Wire.Exchange exchange) {
        Wire.Reply reply = exchange.reply();
        return reply == null ? exchange
                : new Wire.Exchange(exchange.sent(), new Wire.Reply(reply.status(), reply.headers(), new byte[0]));
    }

    private Player player(Case one) {
        Placeholders of = one.name().startsWith(RunningRoutes.WRONG)
                ? placeholders.with("settings." + one.name().substring(RunningRoutes.WRONG.length()),
                        RunningRoutes.WRONG_SECRET) : placeholders;
        List<String> refs = Stream.of("user", "conversation").flatMap(ref -> account.refs(ref).values().stream())
                .toList();
        return new Player(Recording.read(account, one.name(), of), account.basePath(), refs);
    }

    private Path route(String operation) {
        Path path = operation == null ? null
                : account.routes().resolve(account.system()).resolve(operation + ".camel.yaml");
        return path == null || !Files.exists(path) ? null : path;
    }

    @Override
    public void close() {
        routes.close();
        wire.close();
    }
}
