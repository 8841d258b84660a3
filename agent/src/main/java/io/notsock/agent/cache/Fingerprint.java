package io.notsock.agent.cache;

import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Tells class files apart by two checksums that have nothing to do with each other.
 *
 * <p>It has to notice that a JDK or a library came in another version, not an attacker, who cannot write the cache (see
 * {@link CacheFolder}). A digest that could take on an attacker costs 35 ms at start in a cold JVM; these two are
 * native code of the JDK, or intrinsics.
 *
 * <p>The order of methods does not count: of a class that is loaded already the JVM makes a class file anew, with the
 * methods as they lie in memory, sorted by the address of their names ({@code JvmtiClassFileReconstituter}). Without a
 * CDS archive that is another order in every JVM.
 */
final class Fingerprint {
    private Fingerprint() {}

    /** Of these bytes as they are. */
    static long of(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        Adler32 adler = new Adler32();
        adler.update(bytes, from, length);
        return crc.getValue() << 32 | adler.getValue();
    }

    /** Of a class file, whatever the order of its methods. */
    static long ofClass(byte[] classFile) {
        try {
            return new Walk(classFile).fingerprint();
        } catch (IndexOutOfBoundsException e) {
            return of(classFile, 0, classFile.length); // no class file at all
        }
    }

    /** Goes through a class file once (Java Virtual Machine Specification, 4.1). */
    private static final class Walk {
        private static final int CONSTANT_POOL = 8;

        private final byte[] bytes;
        private int at = CONSTANT_POOL;

        Walk(byte[] bytes) {
            this.bytes = bytes;
        }

        long fingerprint() {
            skipConstants();
            at += 6; // access, this, super
            at += 2 + 2 * u2(at); // interfaces
            for (int fields = next(); fields > 0; fields--) {
                skipMember();
            }
            int methods = next();
            long sum = of(bytes, 0, at);
            for (int i = 0; i < methods; i++) {
                int from = at;
                skipMember();
                sum += of(bytes, from, at - from);
            }
            return 31 * sum + of(bytes, at, bytes.length - at);
        }

        private void skipConstants() {
            int count = next();
            for (int i = 1; i < count; i++) {
                int tag = bytes[at];
                switch (tag) {
                    case 1: // Utf8
                        at += 3 + u2(at + 1);
                        break;
                    case 7: // Class
                    case 8: // String
                    case 16: // MethodType
                    case 19: // Module
                    case 20: // Package
                        at += 3;
                        break;
                    case 15: // MethodHandle
                        at += 4;
                        break;
                    case 5: // Long
                    case 6: // Double
                        at += 9;
                        i++; // takes two places
                        break;
                    default:
                        at += 5;
                        break;
                }
            }
        }

        private void skipMember() {
            at += 6; // access, name, descriptor
            for (int attributes = next(); attributes > 0; attributes--) {
                at += 6 + (u2(at + 2) << 16 | u2(at + 4));
            }
        }

        private int next() {
            int value = u2(at);
            at += 2;
            return value;
        }

        private int u2(int index) {
            return (bytes[index] & 0xFF) << 8 | bytes[index + 1] & 0xFF;
        }
    }
}
