package io.notsock.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes two alerts the same bug: the kind and the application frames of the parties, without anything that differs
 * between two builds or two runs of one program.
 */
public final class Fingerprint {
    /** 64 bits: a fleet would need billions of different bugs before two of them met. */
    private static final int BYTES = 8;

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

    /** SHA-256, though it costs a few milliseconds when first used: this runs on the agent's own thread. */
    private static String hash(String text) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        StringBuilder hex = new StringBuilder(2 * BYTES);
        for (int i = 0; i < BYTES; i++) {
            hex.append(Character.forDigit(digest[i] >> 4 & 0xf, 16)).append(Character.forDigit(digest[i] & 0xf, 16));
        }
        return hex.toString();
    }
}
