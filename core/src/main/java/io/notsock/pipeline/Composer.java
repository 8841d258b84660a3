package io.notsock.pipeline;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Culprit;
import io.notsock.alert.Frames;
import io.notsock.alert.HistoryEvent;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.alert.PublicClass;
import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.track.Finding;
import io.notsock.track.OwnerNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Makes an alert of a finding: renders the stacks, names the parties, lists the number's past. On the agent's thread. */
final class Composer {
    private static final int LIVES_IN_HISTORY = 4;
    private static final String BEYOND_BUDGET =
            "not captured: stacks=off, or beyond the budget of stacks=auto, where a repeat of this alert has it";
    private static final String NOT_SEEN = "not seen";

    /** Says less than the type of the handle does. */
    private static final String DESCRIPTOR = "java.io.FileDescriptor";

    private final WallClock clock;
    private final int depth;
    private final OwnerNumbers numbers;

    Composer(WallClock clock, int depth, OwnerNumbers numbers) {
        this.clock = clock;
        this.depth = depth;
        this.numbers = numbers;
    }

    /**
     * @param level the level after the grace period, which may be lower than the verdict's
     * @param count how often it happened
     */
    Alert compose(Finding finding, Level level, long count) {
        Life about = finding.victim() != null ? finding.victim() : finding.life();
        AlertHandle handle = new AlertHandle(
                about.space(),
                about.number(),
                about.type(),
                about.number() < 0 ? AlertHandle.NO_GENERATION : about.generation());
        Alert.Builder alert = new Alert.Builder(finding.verdict().kind(), handle)
                .time(clock.at(finding.rogue() != null ? finding.rogue().nanos() : finding.nanos()))
                .level(level)
                .confidence(finding.verdict().confidence())
                .culprit(finding.verdict().culprit())
                .count(count)
                .context(context(finding))
                .history(history(about, finding));
        if (finding.rogue() != null) {
            alert.party(party(Party.Role.ROGUE, finding.rogue(), finding.rogueOwner(), null));
        }
        if (finding.firstClose() != null) {
            alert.party(party(
                    Party.Role.FIRST_CLOSE,
                    finding.firstClose(),
                    finding.firstOwner(),
                    finding.incident().struckBy(finding.firstClose())));
        }
        Life victim = finding.victim();
        if (victim != null && victim.opened() != null) {
            alert.party(victim(victim, finding.described()));
        }
        return alert.build();
    }

    private Party victim(Life victim, String described) {
        String owner = LifeOwner.of(victim, numbers);
        Object first = described == null ? LifeOwner.first(victim) : null;
        String behind = first == null ? described : numbers.behind(first);
        return party(Party.Role.VICTIM, victim.opened(), DESCRIPTOR.equals(owner) ? null : owner, behind);
    }

    /** The name of what everything that follows from one wrong close belongs to. Numbered at the first call. */
    static String incident(Finding finding) {
        return "in-" + finding.incident().id();
    }

    /** An incident belongs to the context it began in, where the later call is innocent. */
    private static String context(Finding finding) {
        String began = finding.incident().context();
        return finding.verdict().culprit() == Culprit.FIRST_CLOSE && began != null ? began : finding.context();
    }

    Party party(Party.Role role, Act act, String owner, String detail) {
        Party.Builder party = new Party.Builder(role).time(clock.at(act.nanos()));
        if (act.what() == Act.What.UNSEEN_CLOSE) {
            return party.api(act.api())
                    .detail(NOT_SEEN)
                    .stackMissing("no hook saw this close: native code, or a way the catalog does not know")
                    .build();
        }
        party.thread(act.thread(), act.threadId(), act.virtual()).api(act.api()).detail(detail);
        StackTraceElement[] frames = act.frames();
        party.owner(act.foreignFunction() ? owner : named(owner, PublicClass.of(frames)));
        if (frames.length == 0) {
            party.stackMissing(BEYOND_BUDGET);
        } else {
            party.stack(withoutAgent(frames));
        }
        return party.build();
    }

    /** The public class as the application knows it, and the descriptor that tells two of its objects apart. */
    private static String named(String owner, String publicClass) {
        if (publicClass == null || owner == null || publicClass.equals(owner)) {
            return owner == null ? publicClass : owner;
        }
        return publicClass + " (" + owner + ")";
    }

    private StackTraceElement[] withoutAgent(StackTraceElement[] frames) {
        int first = 0;
        while (first < frames.length && isOurs(frames[first])) {
            first++;
        }
        return Arrays.copyOfRange(frames, first, Math.min(frames.length, first + depth));
    }

    /** The agent's own, and how JNA calls the converter by which the agent sees a direct-mapped function. */
    private static boolean isOurs(StackTraceElement frame) {
        return Frames.isAgent(frame.getClassName())
                || ((frame.getMethodName().equals("toNative")
                                || frame.getMethodName().equals("fromNative"))
                        && !Frames.isApplication(frame));
    }

    /** Frames of the agent itself on top of a captured stack, which are not part of the depth a user asked for. */
    static final int OWN_FRAMES = 8;

    private List<HistoryEvent> history(Life newest, Finding finding) {
        List<HistoryEvent> events = new ArrayList<>();
        int lives = 0;
        for (Life life = newest; life != null && lives < LIVES_IN_HISTORY; life = life.previous(), lives++) {
            add(events, life, life.closed(), null, finding.incident().struckBy(life.closed()));
            String now = life == finding.victim() ? finding.described() : null;
            add(events, life, life.opened(), LifeOwner.of(life, numbers), now);
        }
        Collections.reverse(events);
        return events;
    }

    private void add(List<HistoryEvent> events, Life life, Act act, String owner, String detail) {
        if (act != null) {
            events.add(new HistoryEvent(
                    act.what().label(),
                    life.generation(),
                    act.thread(),
                    clock.at(act.nanos()),
                    act.api(),
                    owner,
                    detail));
        }
    }

    /**
     * Whether this is one close only, which comes round to itself inside the JDK: a stream closes its channel and that the stream. What the
     * JDK calls has no application frame between.
     */
    static boolean isWithinItself(StackTraceElement... frames) {
        StackTraceElement close = null;
        for (StackTraceElement frame : frames) {
            if (Frames.isApplication(frame)) {
                return false;
            }
            if (close == null) {
                close = Frames.isAgent(frame.getClassName()) ? null : frame;
            } else if (frame.getMethodName().equals(close.getMethodName())
                    && frame.getClassName().equals(close.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a finding of this kind may wait: its level can still change, or a victim can still join. */
    static boolean canWait(Finding finding) {
        AlertKind kind = finding.verdict().kind();
        return finding.sweep() != null
                || finding.holder() != null
                || (kind == AlertKind.CLOSE_OF_REUSED && finding.victim() == null);
    }
}
