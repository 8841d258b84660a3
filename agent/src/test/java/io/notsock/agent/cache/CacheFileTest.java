package io.notsock.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheFileTest {
    private static final List<CacheFile.Entry> ENTRIES = List.of(
            new CacheFile.Entry("java/io/A", 4, 17, new byte[] {1, 2, 3}),
            new CacheFile.Entry("java/io/B", -5, -1, new byte[0]));

    @Test
    void whatWasWrittenIsRead() throws IOException {
        CacheFile read = CacheFile.read("a build", CacheFile.write("a build", ENTRIES));

        assertThat(read.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(ENTRIES);
        for (CacheFile.Entry entry : ENTRIES) {
            assertThat(read.find(entry.className))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(entry);
        }
        assertThat(read.find("java/io/C")).isEmpty();
    }

    @Test
    void aClassCanHaveSeveralFaces() throws IOException {
        CacheFile.Entry other = new CacheFile.Entry("java/io/A", 5, 18, new byte[] {4});
        CacheFile read = CacheFile.read("", CacheFile.write("", List.of(ENTRIES.get(0), ENTRIES.get(1), other)));

        assertThat(read.find("java/io/A"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(ENTRIES.get(0), other);
    }

    @Test
    void anEmptyFileFindsNothing() throws IOException {
        CacheFile read = CacheFile.read("a build", CacheFile.write("a build", List.of()));

        assertThat(read.entries()).isEmpty();
        assertThat(read.find("java/io/A")).isEmpty();
    }

    @Test
    void aFileForSomethingElseIsNone() throws IOException {
        assertThat(CacheFile.read("another build", CacheFile.write("a build", ENTRIES)))
                .isNull();
    }

    @Test
    void aFileThatIsCutOffAnywhereIsNone() throws IOException {
        byte[] whole = CacheFile.write("a build", ENTRIES);
        for (int length = 0; length < whole.length; length++) {
            assertThat(CacheFile.read("a build", Arrays.copyOf(whole, length))).isNull();
        }
    }

    @Test
    void aFileWithAChangedBitAnywhereIsNone() throws IOException {
        byte[] whole = CacheFile.write("a build", ENTRIES);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(CacheFile.read("a build", changed)).as("bit %d", bit).isNull();
        }
    }
}
