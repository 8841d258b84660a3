package io.notsock.model;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.Space;
import io.notsock.model.Tenure.Claim;
import io.notsock.model.Tenure.End;
import io.notsock.model.Tenure.Known;
import io.notsock.registry.KnownUsers;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.Finding;
import io.notsock.track.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** A random program: every step does something to handles, tells the tracker as woven code would, and compares. */
final class Program {
    private static final int HISTORY = 4;
    private static final int LIMIT = 9;
    private static final int THINGS = 14;
    private static final int THREADS = 4;

    private final Actor actor;
    private final Hooks hooks;
    private final boolean healthy;
    private final boolean traced;
    private final boolean late;
    private final FakeOs os = new FakeOs(LIMIT);
    private final Registry registry = new Registry(HISTORY, Reachability.BY_GET);
    private final List<Finding> findings = new ArrayList<>();
    private final Tracker tracker;
    private final Contract contract;
    private final List<Thing> things = new ArrayList<>();
    private final List<Runnable> unfinished = new ArrayList<>();
    private final boolean[] busy = new boolean[LIMIT];
    private final StringBuilder trace = new StringBuilder();
    private Random random;
    private int named;
    private int step;
    private String event;
    private long thread;
    private long events;
    private long knownUsers;

    Program(Actor actor, Hooks hooks, boolean healthy, boolean late, boolean traced) {
        this.actor = actor;
        this.hooks = hooks;
        this.healthy = healthy;
        this.late = late;
        this.traced = traced;
        this.contract = new Contract(HISTORY, late);
        this.tracker = new Tracker(
                registry,
                new Recorder(StackPolicy.OFF),
                os,
                owner -> ((Thing) owner).field,
                findings::add,
                findings::add,
                late,
                null);
        tracker.install(hooks.table);
    }

    long events() {
        return events;
    }

    String trace() {
        return trace.toString();
    }

    int step() {
        return step;
    }

    /** Runs one step for each seed; a step depends on its own seed and the state only. */
    void run(long[] seeds) {
        if (late) {
            for (int i = 0; i < 2; i++) {
                begins(100, "before the agent came");
                owns(os.open());
            }
        }
        for (step = 0; step < seeds.length; step++) {
            random = new Random(seeds[step]);
            findings.clear();
            one();
            ownersUse();
        }
        while (!unfinished.isEmpty()) {
            goOn(0);
        }
    }

    private void begins(long byThread, String what) {
        thread = byThread;
        event = "e" + step + "." + events;
        actor.plays(thread, event);
        events++;
        say(what);
    }

    private void say(String what) {
        if (traced) {
            trace.append(event)
                    .append(" thread ")
                    .append(thread)
                    .append(": ")
                    .append(what)
                    .append('\n');
        }
    }

    private void one() {
        long by = 100L + random.nextInt(THREADS);
        if (healthy && !unfinished.isEmpty() && random.nextInt(3) == 0) {
            goOn(random.nextInt(unfinished.size()));
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 22) {
            objectOpens(by, random.nextInt(4) != 0, random.nextInt(4) == 0);
        } else if (dice < 28) {
            rawOpens(by);
        } else if (dice < 31) {
            nativeOpens(by);
        } else if (dice < 38) {
            adopts(by, random.nextInt(2) == 0);
        } else if (dice < 41) {
            wrapsUnseen(by);
        } else if (dice < 62) {
            objectCloses(by, false);
        } else if (dice < 66) {
            objectCloses(by, true);
        } else if (dice < 78) {
            rawCloses(by);
        } else if (dice < 82) {
            nativeCloses(by);
        } else if (dice < 86) {
            dup2(by);
        } else if (dice < 90) {
            letsGo();
        } else if (dice < 94) {
            collected(by);
        } else if (dice < 97) {
            overtaken(by);
        } else {
            notYetRecorded(by);
        }
    }

    /** Owners operate on what they hold; and nobody is known as a user of what is not its own, whatever has happened. */
    private void ownersUse() {
        boolean use = random.nextInt(3) == 0;
        for (Thing thing : things) {
            for (int number = 3; number < LIMIT; number++) {
                Life current = registry.current(Space.FD, number);
                boolean own = current != null && current.ownerRef(thing) != null;
                if (use && own && current.live() && tracker.use(hooks.use, thing, number) != null) {
                    throw new AssertionError("a rightful use of " + number + " by " + thing + " after " + event);
                }
                boolean known = KnownUsers.knows(thing, number);
                if (known && !(own && (current.live() || current.state() == Life.UNKNOWN))) {
                    throw new AssertionError(thing + " is known as user of " + number + " after " + event);
                }
                knownUsers += known ? 1 : 0;
            }
        }
    }

    /** How often somebody was found to be known, so that a test can tell that this was looked at. */
    long knownUsers() {
        return knownUsers;
    }

    private void goOn(int index) {
        Runnable next = unfinished.remove(index);
        next.run();
    }

    // --- picking

    private Thing pick(Predicate<Thing> wanted) {
        int start = things.isEmpty() ? 0 : random.nextInt(things.size());
        for (int i = 0; i < things.size(); i++) {
            Thing thing = things.get((start + i) % things.size());
            if (wanted.test(thing)) {
                return thing;
            }
        }
        return null;
    }

    private int pickNumber(Predicate<Integer> wanted) {
        int start = random.nextInt(LIMIT);
        for (int i = 0; i < LIMIT; i++) {
            int number = (start + i) % LIMIT;
            if (number > 2 && !busy[number] && wanted.test(number)) {
                return number;
            }
        }
        return -1;
    }

    private boolean full() {
        return os.lowestFree() < 0 || things.size() >= THINGS;
    }

    private Thing named(boolean sticky) {
        Thing thing = new Thing("o" + named++, sticky);
        things.add(thing);
        return thing;
    }

    /** Whether nothing but this object's close is right for its number. */
    private boolean rightful(Thing thing) {
        if (thing.field < 3 || busy[(int) thing.field]) {
            return false;
        }
        Tenure holder = os.holder((int) thing.field);
        if (holder == null) {
            return false;
        }
        if (holder.silentOwner != null) {
            return holder.silentOwner == thing;
        }
        Claim claim = holder.claim(thing);
        return claim != null && (claim.opener ? !claim.delegate : !holder.harmedByAdopter());
    }

    private static boolean claimed(Tenure tenure) {
        return tenure.silentOwner != null && tenure.silentOwner.holds(tenure.number)
                || tenure.claims.stream().anyMatch(c -> !c.delegate && c.thing.holds(tenure.number));
    }

    // --- what programs do

    private void objectOpens(long by, boolean armed, boolean withCleaner) {
        if (full()) {
            return;
        }
        Tenure tenure = os.open();
        Thing thing = named(random.nextBoolean());
        thing.field = tenure.number;
        Thing cleaner = null;
        if (withCleaner) {
            cleaner = named(true);
            cleaner.field = tenure.number;
        }
        tenure.claims.add(new Claim(thing, true, false, armed));
        if (cleaner != null) {
            tenure.claims.add(new Claim(cleaner, true, true, true));
        }
        Thing closer = cleaner;
        int hook = armed ? hooks.open : hooks.openBare;
        later(by, tenure.number, thing + " opens " + tenure.number + (armed ? " armed" : " bare"), () -> {
            Owed owed = contract.opens(tenure.number);
            tracker.after(hook, thing, closer, tenure.number);
            compare(owed, tenure.number);
            contract.opened(tenure, event, true, findings);
            thing.bound.put(tenure.number, tenure);
            if (closer != null) {
                closer.bound.put(tenure.number, tenure);
            }
            settled(tenure.number);
        });
    }

    /** The OS has given out the number; in a healthy program other threads may act before it is recorded. */
    private void later(long by, int number, String what, Runnable records) {
        if (healthy && random.nextInt(3) == 0) {
            busy[number] = true;
            unfinished.add(() -> {
                busy[number] = false;
                findings.clear();
                begins(by, what + " (recorded late)");
                records.run();
            });
        } else {
            begins(by, what);
            records.run();
        }
    }

    private void rawOpens(long by) {
        if (full()) {
            return;
        }
        Tenure tenure = os.open();
        later(by, tenure.number, "raw open of " + tenure.number, () -> {
            Owed owed = contract.opens(tenure.number);
            tracker.after(hooks.rawOpen, null, null, tenure.number);
            compare(owed, tenure.number);
            contract.opened(tenure, event, false, findings);
            settled(tenure.number);
        });
    }

    private void nativeOpens(long by) {
        if (!full()) {
            begins(by, "native open of " + os.lowestFree());
            os.open();
        }
    }

    private void nativeCloses(long by) {
        int number = pickNumber(n ->
                os.holder(n) != null && (!healthy || (os.holder(n).known == Known.NOTHING && !claimed(os.holder(n)))));
        if (number >= 0) {
            begins(by, "native close of " + number);
            os.holder(number).end = End.UNSEEN;
            os.close(number);
        }
    }

    private void adopts(long by, boolean armed) {
        int number = pickNumber(n -> os.holder(n) != null && (!healthy || adoptable(os.holder(n))));
        if (number < 0 || full()) {
            return;
        }
        Tenure holder = os.holder(number);
        Thing thing = named(random.nextBoolean());
        thing.field = number;
        begins(by, thing + " adopts " + number + (armed ? " armed" : " bare"));
        tracker.after(armed ? hooks.adopt : hooks.adoptBare, thing, null, number);
        compare(Owed.silence(), number);
        contract.adopted(holder, thing, armed, event);
        settled(number);
    }

    /** Nobody would close it a second time. */
    private static boolean adoptable(Tenure holder) {
        return !claimed(holder) && holder.claims.stream().noneMatch(c -> c.delegate && c.thing.reachable);
    }

    /** The number gets into an object's field by reflection or native code: no hook tells. */
    private void wrapsUnseen(long by) {
        int number = pickNumber(n -> os.holder(n) != null && adoptable(os.holder(n)));
        if (number >= 0 && !full()) {
            begins(by, "unseen:");
            owns(os.holder(number));
        }
    }

    private void owns(Tenure tenure) {
        Thing thing = named(false);
        thing.field = tenure.number;
        tenure.silentOwner = thing;
        say(thing + " owns " + tenure.number + " without a hook");
    }

    private void objectCloses(long by, boolean precut) {
        Thing thing = pick(t -> t.field > 2 && !busy[(int) t.field] && (!healthy || rightful(t)));
        if (thing == null) {
            return;
        }
        int number = (int) thing.field;
        Tenure holder = os.holder(number);
        begins(by, thing + (precut ? " cuts and closes " : " closes ") + number);
        if (precut) {
            precuts(thing, number);
            return;
        }
        Owed owed = contract.objectCloses(thing, number, holder);
        Object token = tracker.before(hooks.close, thing, number, -1);
        if (!thing.sticky) {
            thing.field = -1;
        }
        if (healthy && random.nextInt(3) == 0) {
            busy[number] = true;
            String began = event;
            unfinished.add(() -> {
                say("the close of " + began + " reaches the OS");
                os.close(number);
                busy[number] = false;
                contract.objectClosed(thing, number, holder, began, List.of());
                unfinished.add(() -> {
                    findings.clear();
                    say("the close of " + began + " returns");
                    ends(hooks.close, token, true);
                    compare(owed, number);
                });
            });
            return;
        }
        ends(hooks.close, token, os.close(number));
        compare(owed, number);
        contract.objectClosed(thing, number, holder, event, findings);
        confuses(owed, number);
        settled(number);
    }

    private void confuses(Owed owed, int number) {
        if (owed.isAnything()) {
            contract.confuse(number);
        }
    }

    private void ends(int hook, Object token, boolean success) {
        if (token != null) {
            if (success) {
                tracker.done(hook, token, 0);
            } else if (hook == hooks.close) {
                tracker.failed(hook, token);
            } else {
                tracker.done(hook, token, -1);
            }
        }
    }

    /** Pre-close and close of one owner are one event. */
    private void precuts(Thing thing, int number) {
        Tenure holder = os.holder(number);
        Tenure own = thing.bound.get(number);
        if (own == null || (own != holder && own.known == Known.LIVE)) {
            return; // an unbound object's pre-close is not judged; the pre-close after an unseen close hides it
        }
        Owed owed = contract.objectCloses(thing, number, holder);
        boolean live = own == holder;
        Object token = tracker.before(hooks.preclose, thing, number, -1);
        if (!live) {
            os.dup2(number);
            own.cut = true;
        }
        ends(hooks.close, token, true); // its outcome is told as that of any method
        Object second = tracker.before(hooks.close, thing, number, -1);
        os.close(number);
        ends(hooks.close, second, true);
        compare(owed.anyLevel(), number);
        contract.objectClosed(thing, number, holder, event, findings);
        confuses(owed, number);
        if (!thing.sticky) {
            thing.field = -1;
        }
    }

    private void rawCloses(long by) {
        int number = pickNumber(n -> !healthy || (os.holder(n) != null && adoptable(os.holder(n))));
        if (number < 0) {
            return;
        }
        int hook = random.nextInt(4) == 0 ? hooks.rawCloseOther : hooks.rawClose;
        int site = random.nextInt(CallSites.COUNT);
        Tenure holder = os.holder(number);
        begins(by, hooks.table.hook(hook).api() + " of " + number + " at site " + site);
        Owed owed = contract.rawCloses(number, holder, hooks.table.hook(hook).api(), by, site);
        Object token = Caller.before(site, tracker, hook, number, -1);
        if (healthy && random.nextInt(3) == 0) {
            busy[number] = true;
            String began = event;
            unfinished.add(() -> {
                say("the close of " + began + " reaches the OS");
                os.close(number);
                busy[number] = false;
                contract.rawClosed(number, holder, hooks.table.hook(hook).api(), by, site, began, List.of());
                unfinished.add(() -> {
                    findings.clear();
                    say("the close of " + began + " returns");
                    ends(hook, token, true);
                    compare(owed, number);
                });
            });
            return;
        }
        ends(hook, token, os.close(number));
        compare(owed, number);
        contract.rawClosed(number, holder, hooks.table.hook(hook).api(), by, site, event, findings);
        confuses(owed, number);
        settled(number);
    }

    private void dup2(long by) {
        int number = pickNumber(n -> !healthy || os.holder(n) == null || adoptable(os.holder(n)));
        if (number < 0) {
            return;
        }
        int site = random.nextInt(CallSites.COUNT);
        Tenure holder = os.holder(number);
        begins(by, "raw dup2 onto " + number + " at site " + site);
        Owed owed = contract.replaces(number, holder, by, site);
        Object token = Caller.before(site, tracker, hooks.rawDup2, number, 1);
        Tenure now = os.dup2(number);
        ends(hooks.rawDup2, token, true);
        compare(owed, number);
        contract.replaced(holder, now, event, findings);
        confuses(owed, number);
        settled(number);
    }

    private void letsGo() {
        Thing thing = pick(t -> t.field > 2 && !busy[(int) t.field]);
        if (thing != null) {
            begins(100, thing + " lets go of " + thing.field);
            thing.field = -1;
            forgetsCleaner(thing);
        }
    }

    /** Who hands a number over takes its cleaner back. */
    private void forgetsCleaner(Thing thing) {
        for (Tenure tenure : thing.bound.values()) {
            for (Claim claim : tenure.claims) {
                if (claim.delegate && tenure.claim(thing) != null && tenure.claim(thing).opener) {
                    claim.thing.field = -1;
                }
            }
        }
    }

    /** The collector takes an object; if it had a cleaner and was open, that closes. */
    private void collected(long by) {
        Thing thing = pick(t -> !healthy || t.field < 0 || !busy[(int) t.field]);
        if (thing == null || (thing.field >= 0 && busy[(int) thing.field])) {
            return;
        }
        things.remove(thing);
        begins(by, thing + " is collected");
        thing.reachable = false;
        for (int number : thing.bound.keySet()) {
            for (Life life = registry.current(Space.FD, number); life != null; life = life.previous()) {
                for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
                    if (ref.get() == thing) {
                        ref.clear();
                    }
                }
            }
        }
    }

    /** A stranger's raw close overtakes the owner's, which is marked already (scenario 35). */
    private void overtaken(long by) {
        if (healthy) {
            return;
        }
        Thing thing = pick(t -> rightful(t)
                && t.bound.get((int) t.field) == os.holder((int) t.field)
                && os.holder((int) t.field) == contract.last((int) t.field)
                && os.holder((int) t.field).known == Known.LIVE
                && os.holder((int) t.field).claim(t).opener);
        if (thing == null) {
            return;
        }
        int number = (int) thing.field;
        Tenure holder = os.holder(number);
        boolean owedForCertain = holder.guarded && holder.claim(thing).armed;
        begins(by, thing + " is about to close " + number);
        Object token = tracker.before(hooks.close, thing, number, -1);
        begins(by + THREADS, "raw close of " + number + " overtakes it");
        String rival = event;
        Object other = Caller.before(0, tracker, hooks.rawClose, number, -1);
        ends(hooks.rawClose, other, os.close(number));
        begins(by, "the close of " + thing + " is refused");
        ends(hooks.close, token, os.close(number));
        Owed owed = Owed.alert(AlertKind.FOREIGN_CLOSE, Culprit.ROGUE)
                .level(Level.ERROR)
                .rogue(rival)
                .victim(holder);
        compare(owedForCertain ? owed : owed.orSilence(), number);
        contract.rawClosed(number, holder, hooks.table.hook(hooks.rawClose).api(), by + THREADS, 0, rival, findings);
        if (!thing.sticky) {
            thing.field = -1;
        }
        settled(number);
    }

    /** The OS has given out a number whose opener has not recorded it, and a stale owner closes it (scenario 36). */
    private void notYetRecorded(long by) {
        int number = os.lowestFree();
        if (healthy || number < 3 || full()) {
            return;
        }
        Thing stale = pick(t -> t.field == number
                && t.bound.get(number) != null
                && t.bound.get(number).known == Known.OVER
                && contract.last(number).known == Known.OVER
                && !contract.last(number).confused
                && contract.last(number).end != End.UNSEEN
                && !t.bound.get(number).confused
                && t.bound.get(number).end != End.UNSEEN
                && !t.bound.get(number).cut);
        if (stale == null) {
            return;
        }
        Tenure tenure = os.open();
        begins(by + THREADS, "raw open of " + number + ", not recorded yet");
        String opens = event;
        begins(by, stale + " closes " + number);
        Owed owed = contract.objectCloses(stale, number, tenure);
        Object token = tracker.before(hooks.close, stale, number, -1);
        ends(hooks.close, token, os.close(number));
        compare(owed, number);
        contract.objectClosed(stale, number, tenure, event, findings);
        Finding finding = findings.get(0);
        actor.plays(by + THREADS, opens);
        tracker.after(hooks.rawOpen, null, null, number);
        contract.opened(tenure, opens, false, List.of());
        tenure.known = Known.OVER;
        tenure.end = End.STRANGER;
        tenure.reported = true;
        tenure.incident = finding.incident();
        if (finding.victim() == null || !opens.equals(finding.victim().opened().thread())) {
            throw new AssertionError("the victim that recorded late was not joined");
        }
        settled(number);
    }

    // --- comparing

    private void compare(Owed owed, int number) {
        say("  owed " + owed + ", came " + (traced ? text(findings) : ""));
        String flaw = owed.flaw(findings);
        for (Finding f : findings) {
            if (f.firstClose() != null && f.firstClose().thread() != null) {
                contract.named(f.firstClose().thread());
            }
        }
        if (flaw != null) {
            throw new AssertionError(flaw + " at " + event + " for " + number + System.lineSeparator() + "  owed: "
                    + owed + System.lineSeparator() + "  came: " + text(findings));
        }
        if (healthy && !findings.isEmpty()) {
            throw new AssertionError("an alert in a healthy program: " + text(findings));
        }
    }

    /** Where no gap is known, the registry says what the OS says; and it stays small. */
    private void settled(int number) {
        Life current = registry.current(Space.FD, number);
        Tenure last = contract.last(number);
        Tenure holder = os.holder(number);
        if (last != null
                && !last.confused
                && last.known != Known.BLIND
                && (holder == last) == (last.known == Known.LIVE)) {
            boolean live = current != null && current.live();
            if (live != (last.known == Known.LIVE)) {
                throw new AssertionError("registry and OS differ at " + event + ": " + current);
            }
            for (Claim claim : last.claims) {
                if (live && claim.thing.reachable && current.ownerRef(claim.thing) == null) {
                    throw new AssertionError("an owner is missing at " + event + ": " + claim.thing);
                }
            }
        }
        long length = 0;
        for (Life life = current; life != null; life = life.previous()) {
            length++;
        }
        long allowed = 2L * (HISTORY + contract.rememberedFor(number)) + 18;
        if (length > allowed) {
            throw new AssertionError(
                    length + " lives are kept of " + number + ", not more than " + allowed + " are allowed");
        }
    }

    private static String text(List<Finding> came) {
        StringBuilder text = new StringBuilder();
        for (Finding f : came) {
            text.append(f.verdict())
                    .append(" rogue ")
                    .append(f.rogue() == null ? null : f.rogue().thread())
                    .append(" first ")
                    .append(f.firstClose() == null ? null : f.firstClose().thread())
                    .append(" victim ")
                    .append(
                            f.victim() == null || f.victim().opened() == null
                                    ? f.victim()
                                    : f.victim().opened().thread())
                    .append(" incident ")
                    .append(f.incident().id())
                    .append("; ");
        }
        return text.length() == 0 ? "nothing" : text.toString();
    }
}
