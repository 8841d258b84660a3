package io.notsock.agent.weave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the parts of a class file are (Java Virtual Machine Specification, 4.1), for those who need no more than that: ASM knows
 * all of it, but is seldom there at a start. What is no class file throws an {@link IndexOutOfBoundsException}.
 */
public final class ClassFileParts {
    /** Where the number of constants is. */
    public static final int CONSTANT_COUNT = 8;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final byte[] bytes;
    private final int endOfConstants;
    private final int methodCount;

    public ClassFileParts(byte[] classFile) {
        bytes = classFile;
        int count = constants();
        int at = CONSTANT_COUNT + 2;
        for (int i = 1; i < count; i++) {
            int tag = classFile[at];
            if (tag == UTF8) { // every second one, and every start goes through those of ten classes before anything is
                // compiled
                at += 3 + ((classFile[at + 1] & 0xFF) << 8 | (classFile[at + 2] & 0xFF));
            } else {
                if (tag == LONG || tag == DOUBLE) {
                    i++; // takes two places
                }
                at = endOfConstant(at);
            }
        }
        endOfConstants = at;
        at += 6; // access, this, super
        at += 2 + 2 * u2(at); // interfaces
        int fields = u2(at);
        at += 2;
        for (; fields > 0; fields--) {
            at = endOfMember(at);
        }
        methodCount = at;
    }

    /** One more than the constants that are there. */
    public int constants() {
        return u2(CONSTANT_COUNT);
    }

    public int endOfConstants() {
        return endOfConstants;
    }

    /** Whether one of the constants is this text. */
    public boolean hasConstant(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        int at = CONSTANT_COUNT + 2;
        while (at < endOfConstants) {
            int end = endOfConstant(at);
            if (bytes[at] == UTF8 && Arrays.equals(bytes, at + 3, end, wanted, 0, wanted.length)) {
                return true;
            }
            at = end;
        }
        return false;
    }

    /** Where the number of methods is; the first of them follows. */
    public int methodCount() {
        return methodCount;
    }

    public int methods() {
        return u2(methodCount);
    }

    public int endOfMethods() {
        int at = methodCount + 2;
        for (int i = methods(); i > 0; i--) {
            at = endOfMember(at);
        }
        return at;
    }

    /** Behind the field or method that begins here. */
    public int endOfMember(int start) {
        int at = start + 6; // access, name, descriptor
        int attributes = u2(at);
        at += 2;
        for (; attributes > 0; attributes--) {
            at += 6 + (u2(at + 2) << 16 | u2(at + 4));
        }
        return at;
    }

    private int endOfConstant(int at) {
        switch (bytes[at]) {
            case UTF8:
                return at + 3 + u2(at + 1);
            case 7: // Class
            case 8: // String
            case 16: // MethodType
            case 19: // Module
            case 20: // Package
                return at + 3;
            case 15: // MethodHandle
                return at + 4;
            case LONG:
            case DOUBLE:
                return at + 9;
            default: // references and numbers of four bytes
                return at + 5;
        }
    }

    private int u2(int index) {
        return (bytes[index] & 0xFF) << 8 | (bytes[index + 1] & 0xFF);
    }
}
