package io.notsock.alert;

import java.util.Objects;

/** What will happen because of the event: which call fails with which code of the OS. Immutable. */
public final class Consequence {
    private final int code;
    private final String name;
    private final String text;

    /** A consequence that the OS shows as an error code. */
    public Consequence(int code, String name, String text) {
        this.code = code;
        this.name = name;
        this.text = Objects.requireNonNull(text, "text");
    }

    /** A consequence that no error code shows. */
    public Consequence(String text) {
        this(0, null, text);
    }

    /** The error code, or 0 where there is none. */
    public int code() {
        return code;
    }

    /** The symbolic name of the code, or {@code null} where there is none. */
    public String name() {
        return name;
    }

    public String text() {
        return text;
    }
}
