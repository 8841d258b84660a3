package io.notsock.agent.cache;

import io.notsock.agent.weave.ClassFileParts;
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
            ClassFileParts parts = new ClassFileParts(classFile);
            int at = parts.methodCount() + 2;
            long sum = of(classFile, 0, at);
            for (int methods = parts.methods(); methods > 0; methods--) {
                int end = parts.endOfMember(at);
                sum += of(classFile, at, end - at);
                at = end;
            }
            return 31 * sum + of(classFile, at, classFile.length - at);
        } catch (IndexOutOfBoundsException e) {
            return of(classFile, 0, classFile.length); // no class file at all
        }
    }
}
