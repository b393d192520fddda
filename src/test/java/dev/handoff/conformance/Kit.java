package dev.handoff.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.handoff.conformance.Result.Outcome;

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
        this.account = given.filled(placeholders);
        Optional<PublishedDescription> published = account.published() == null ? Optional.empty()
                : PublishedDescription.in(PublishedDescription.FOLDER.resolve(account.published()));
        remarks.add(account.published() == null ? "Requests are not checked: account.yaml names no published description."
                : published.isPresent() ? "Requests are checked against " + account.published() + "."
                : "Requests are not checked: " + PublishedDescription.FOLDER.resolve(account.published())
                        + " is not there (set -Dhandoff.specs=<folder>).");
        this.conformity = new Conformity(published, account, file);
        this.routes = new RunningRoutes(account, given.filled(known.with("server", NOWHERE)).settings(), file);
        Account beyond = given.filled(known.with("server", side.values().getOrDefault("server", NOWHERE)));
        this.people = new People(routes.camel(), beyond, file.typed(beyond.settings()));
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
        OtherSide side = OtherSide.start(account);
        try (AutoCloseable stop = side.stop(); Kit kit = new Kit(account, side)) {
            return kit.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ReportCard run() {
        List<Result> results = new ArrayList<>();
        for (Case one : Suite.of(file, account)) {
            if (one.declared().test(file)) {
                results.add(run(one));
            }
        }
        return new ReportCard(account.system(), side.words(), Suite.GROUPS, results, remarks);
    }

    private Result run(Case one) {
        String cannot = account.cannot(one.name());
        if (cannot != null && !one.must()) {
            return new Result(one, Outcome.CANNOT, cannot, List.of(), null, null, List.of());
        }
        Scene scene = new Scene(routes::connection, file, account,
                account.isRecorded() ? Inputs.recorded() : Inputs.fresh(), wire, people);
        List<Mismatch> problems = new ArrayList<>();
        if (cannot != null) {
            problems.add(new Mismatch("no excuse for this case", cannot, "take it from 'cannot' in account.yaml"));
        }
        Path recording = account.isRecorded() && one.recorded() ? account.file(one.name() + ".yaml") : null;
        Player player = null;
        try {
            player = recording == null ? null : player(one);
            wire.connect(player != null ? player : account.isRecorded() ? sent -> Wire.Reply.json(500, "{}")
                    : new Forwarder(side.values().get("server")));
            one.body().run(scene);
        } catch (NotTried e) {
            return new Result(one, Outcome.NOT_TRIED, e.getMessage(), List.of(), null, null, List.of());
        } catch (Mismatch e) {
            problems.add(e);
        } catch (Exception | AssertionError e) {
            problems.add(new Mismatch("the case comes to its end", e, "this may be a fault of the kit"));
        }
        if (player != null) {
            // What was sent is nearer to the cause than what came of it.
            problems.addAll(player.wentAstray() ? 0 : problems.size(), player.mismatches());
        }
        problems.addAll(conformity.of(wire.exchanges()));
        return new Result(one, problems.isEmpty() ? Outcome.PASSED : Outcome.FAILED, null, problems,
                route(scene.operation()), recording, wire.exchanges().stream().map(Wire.Exchange::sent).toList());
    }

    private Player player(Case one) {
        Placeholders of = one.name().startsWith(RunningRoutes.WRONG)
                ? placeholders.with("settings." + one.name().substring(RunningRoutes.WRONG.length()),
                        RunningRoutes.WRONG_SECRET) : placeholders;
        return new Player(Recording.read(account, one.name(), of), account.basePath());
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
