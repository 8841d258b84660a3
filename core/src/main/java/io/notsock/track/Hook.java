package io.notsock.track;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Failure;
import io.notsock.catalog.Role;
import io.notsock.catalog.Target;
import io.notsock.evidence.Act;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Opening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A catalog entry made ready for the hot path: what woven code names by its index. */
public final class Hook {
    private final Entry entry;
    final Role role;
    final Space space;
    final HandleType type;
    final String api;
    final boolean armed;
    final Failure failure;
    /** Reached as a native function: the caller passes a plain integer, and its stack is evidence. */
    final boolean foreignFunction;
    /**
     * Woven so that the outcome is seen however the target exits. An exception out of a call site is not; natives that
     * answer by a code do not throw.
     */
    final boolean exitSeen;

    final Opening opening;
    /** The same for handles that the agent's own threads open. */
    final Opening ownOpening;

    /** A call of a method that another hook is woven into: this one knows whose number it is, that one knows no more. */
    boolean announces;
    /** Woven into a method whose calls may have been told by a hook that {@link #announces}. */
    boolean announced;
    /** What {@code io.notsock.api.Handles.closing} tells is followed by the close itself, which a hook may see or not. */
    final boolean tells;
    /** The same entry under the names of its single targets, and of its functions on each road. */
    private final List<Hook> variants = new CopyOnWriteArrayList<>();

    /** What it is woven into. */
    private final List<Target> targets;
    /** For a close of a descriptor of the C runtime: the same call, as a close of the HANDLE behind it. */
    private final Hook behind;

    private volatile boolean broken;

    /** @param guarded whether every rightful way of closing what this entry opens is hooked */
    public Hook(Entry entry, boolean guarded) {
        this(
                entry,
                entry.space(),
                guarded,
                entry.targets(),
                apiOf(entry, entry.targets().get(0)));
    }

    private Hook(Entry entry, Space space, boolean guarded, List<Target> targets, String api) {
        this.entry = entry;
        this.role = entry.role();
        this.space = space;
        this.type = entry.type();
        this.armed = entry.armed();
        this.failure = entry.failure();
        this.targets = targets;
        this.tells = role == Role.CLOSE && entry.targets().get(0).owner().equals("*.io.notsock.api.Handles");
        this.exitSeen = seesExit(entry, targets.isEmpty() ? entry.targets().get(0) : targets.get(0));
        this.api = api;
        this.foreignFunction = Act.isForeignFunction(api);
        this.opening = new Opening(space, type, api, guarded, entry.forVmLife(), false);
        this.ownOpening = new Opening(space, type, api, guarded, entry.forVmLife(), true);
        if (entry.endsWithThread()) {
            opening.markEndsWithThread();
            ownOpening.markEndsWithThread();
        }
        this.behind = space == Space.CRT_FD && role == Role.CLOSE
                ? new Hook(entry, Space.HANDLE, guarded, List.of(), api)
                : null;
    }

    /** This call as a close of what the C runtime closes with the descriptor, or {@code null} for any other hook. */
    Hook behind() {
        return behind;
    }

    public Entry entry() {
        return entry;
    }

    /** Whether the outcome of the target is seen however it ends. */
    public boolean seesExit() {
        return exitSeen;
    }

    /** The name in alerts: {@code java:class}, {@code jna:function}. */
    public String api() {
        return api;
    }

    /** This hook for one of several functions of its entry, or for another road by which it is called. */
    public Hook named(String name) {
        return variant(List.of(), name);
    }

    /**
     * The one of some hooks of an entry that tells all there is to tell of a target, which is woven into it from now on.
     *
     * @param known the entry's own hook first
     * @return a new one where none does
     */
    static Hook ofTarget(Target target, List<Hook> known) {
        Hook own = known.get(0);
        String name = apiOf(own.entry, target);
        boolean exit = seesExit(own.entry, target);
        for (Hook hook : known) {
            if (hook.exitSeen == exit && hook.api.equals(name)) {
                if (hook != own) {
                    hook.targets.add(target);
                }
                return hook;
            }
        }
        return own.variant(new ArrayList<>(List.of(target)), name);
    }

    private Hook variant(List<Target> woven, String name) {
        Hook variant = new Hook(entry, space, guards(), woven, name);
        variants.add(variant);
        return variant;
    }

    private static boolean seesExit(Entry entry, Target target) {
        return target.kind() != Target.Kind.CALL || entry.failure().byCode();
    }

    /** Lives that this hook opened are no longer guarded: a way of closing them cannot be seen on this JVM. */
    public void unguard() {
        opening.unguard();
        ownOpening.unguard();
        for (Hook variant : variants) {
            variant.unguard();
        }
    }

    public boolean guards() {
        return opening.guarded();
    }

    /** The hook could not be woven, or failed: what it would have told is missing. */
    public void markBroken() {
        broken = true;
    }

    public boolean broken() {
        return broken;
    }

    /** Finds the hooks on calls of a method into which another one of these hooks is woven. */
    static void pair(Hook[] hooks) {
        Map<String, List<Hook>> callers = new HashMap<>();
        for (Hook outer : hooks) {
            for (Target call : outer.targets) {
                if (call.kind() == Target.Kind.CALL) {
                    String callee = method(call);
                    List<Hook> others = callers.get(callee);
                    if (others == null) {
                        others = new ArrayList<>(2);
                        callers.put(callee, others);
                    }
                    others.add(outer);
                }
            }
        }
        for (Hook inner : hooks) {
            for (Target body : inner.targets) {
                if (body.kind() == Target.Kind.METHOD) {
                    for (Hook outer : callers.getOrDefault(method(body), List.of())) {
                        if (outer.role == inner.role) {
                            outer.announces = true;
                            inner.announced = true;
                        }
                    }
                }
            }
        }
    }

    private static String method(Target target) {
        return target.owner().concat(".").concat(target.name()).concat(target.descriptor());
    }

    private static String apiOf(Entry entry, Target target) {
        if (entry.api() != null) {
            return entry.api();
        }
        if (target.kind() == Target.Kind.FUNCTION) {
            return "jna:".concat(target.name());
        }
        String owner = target.owner().startsWith("*.") ? target.owner().substring(2) : target.owner();
        return "java:" + owner + (target.name().equals("<init>") ? "" : "." + target.name());
    }
}
