package io.notsock.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes two alerts the same bug: the kind and the application frames of the parties, without anything that differs
 * between two builds or two runs of one program.
 */
public final class Fingerprint {
    /** 64 bits: a fleet would need billions of different bugs before two of them met. */
    private static final int DIGITS = 16;

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** The fingerprint, as 16 hexadecimal digits. */
    public static String of(Alert alert) {
        StringBuilder text = new StringBuilder(alert.kind().name());
        // A leak is where the handle was opened, whatever became of it.
        List<Party> parties =
                alert.kind() == AlertKind.LEAK && alert.victim() != null ? List.of(alert.victim()) : alert.parties();
        for (Party party : parties) {
            text.append('\n').append(party.role().label());
            for (String line : lines(party)) {
                text.append('\n').append(line);
            }
        }
        return hash(text.toString());
    }

    private static List<String> lines(Party party) {
        List<String> lines = named(party, Frames.Origin.APPLICATION);
        if (lines.isEmpty()) {
            lines = named(party, Frames.Origin.PLATFORM);
        }
        if (lines.isEmpty() && party.api() != null) {
            // Without any stack all bugs of a kind would be one; the API still tells some of them apart.
            lines.add(party.api());
        }
        return lines;
    }

    private static List<String> named(Party party, Frames.Origin origin) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : party.frames()) {
            if (Frames.origin(frame) == origin) {
                lines.add(Frames.stableName(frame, ""));
            }
        }
        return lines;
    }

    /**
     * FNV-1a (Fowler, Noll, Vo) of the text in UTF-8. A digest of the JDK's would do as well, but the first one of a JVM
     * opens {@code /dev/random} and {@code /dev/urandom} for good ({@code NativePRNG}): the agent would take two numbers,
     * one of which a wrong close has just freed.
     */
    private static String hash(String text) {
        long hash = FNV_BASIS;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        String hex = Long.toHexString(hash);
        return "0".repeat(DIGITS - hex.length()) + hex;
    }
}
