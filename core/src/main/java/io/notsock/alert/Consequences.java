package io.notsock.alert;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.EnumSet;
import java.util.Set;

/** Tells what an event will lead to: which call fails with which code of the OS, or what happens without any error. */
public final class Consequences {
    private static final Set<HandleType> SOCKETS =
            EnumSet.of(HandleType.SOCKET, HandleType.SERVER_SOCKET, HandleType.DATAGRAM, HandleType.UNIX_SOCKET);

    private Consequences() {}

    /**
     * The consequence of an alert.
     *
     * @param alert with kind, handle and parties; the handle's type is that of the life that suffers, or, where only
     *     the rogue suffers ({@code DOUBLE_CLOSE}, the uses), of the life that the rogue believes in
     * @param now type of what the number names after the event; {@code null} where the number is free or it is not known
     */
    public static Consequence of(Alert alert, HandleType now) {
        Space space = alert.handle().space();
        HandleType type = alert.handle().type();
        switch (alert.kind()) {
            case DOUBLE_CLOSE:
                return failing(
                        space,
                        type,
                        now,
                        "this close fails with ",
                        " and harms nobody: the number was free; at another moment it would have been somebody else's");
            case USE_AFTER_CLOSE:
                return failing(space, type, now, "this call fails with ", ": the number names nothing any more");
            case USE_OF_REUSED:
                return useOfReused(space, type, now, alert.victim());
            case CLOSE_OF_REUSED:
            case FOREIGN_CLOSE:
            case HIDDEN_CLOSE:
                return harmed(space, type, now, alert.victim());
            case LEAK:
                return new Consequence("the number stays taken; enough of these, and the next open fails");
            default:
                return new Consequence("none: the call did not reach the OS");
        }
    }

    private static Consequence harmed(Space space, HandleType type, HandleType now, Party victim) {
        String whose = victim == null || victim.thread() == null
                ? "the owner's next call on this handle"
                : "the next call on the handle that " + Wording.thread(victim) + " opened";
        if (now != null && !differs(type, now)) {
            return new Consequence(whose + " gives no error: it reads from, writes to or closes a " + now.label()
                    + " that is not its own");
        }
        return failing(
                space,
                type,
                now,
                whose + " fails with ",
                ", in code that is innocent"
                        + (now == null
                                ? "; once the number is given out again, " + later(space, type)
                                : ": the number names a " + now.label() + " now"));
    }

    /** What the killed owner's calls do to whoever gets the number next; the OS does not say the same of all of them. */
    private static String later(Space space, HandleType type) {
        return space == Space.FD && SOCKETS.contains(type)
                ? "with ENOTSOCK (88), or its bytes reach a stranger"
                : "it hits a stranger instead";
    }

    private static Consequence useOfReused(Space space, HandleType type, HandleType now, Party victim) {
        if (now != null && differs(type, now)) {
            return failing(space, type, now, "this call fails with ", ": the number names a " + now.label() + " now");
        }
        return new Consequence("no error: the call acts on what "
                + (victim == null ? "somebody else" : Wording.thread(victim))
                + " opened, so bytes are lost there or land where they do not belong");
    }

    /** Whether a call made for the one type cannot work on the other: only socket calls are checked by the OS. */
    private static boolean differs(HandleType type, HandleType now) {
        return SOCKETS.contains(type) && !SOCKETS.contains(now) && now != HandleType.UNKNOWN;
    }

    private static Consequence failing(Space space, HandleType type, HandleType now, String before, String after) {
        int code;
        String name;
        if (space == Space.HANDLE) {
            boolean socket = SOCKETS.contains(type);
            code = socket ? 10038 : 6;
            name = socket ? "WSAENOTSOCK" : "ERROR_INVALID_HANDLE";
        } else if (space == Space.PTHREAD) {
            code = 3;
            name = "ESRCH";
        } else {
            boolean notSocket = space == Space.FD && now != null && differs(type, now);
            code = notSocket ? 88 : 9;
            name = notSocket ? "ENOTSOCK" : "EBADF";
        }
        return new Consequence(code, name, before + name + " (" + code + ")" + after);
    }
}
