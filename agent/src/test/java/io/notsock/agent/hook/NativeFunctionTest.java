package io.notsock.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.RuntimeCatalog;
import io.notsock.track.HookTable;
import io.notsock.track.Inside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which entries of the built-in catalog mean a call, by its arguments. */
class NativeFunctionTest {
    private static final String[] LIBC = {"libc.so", "libc-2.", "ld-musl-"};
    private static final long SELF = -1; // GetCurrentProcess is a constant
    private static final long CHILD = 80;
    private static final int SAME_ACCESS = 2;
    private static final int CLOSE_SOURCE = 1;

    private final NativeFunctions functions =
            new NativeFunctions(new HookTable(RuntimeCatalog.builtIn(17, "windows")), new Inside());

    private List<String> duplicates(Object from, Object to, int options) {
        List<String> meant = new ArrayList<>();
        for (NativeFunction candidate :
                functions.find("DuplicateHandle", "Native Library <C:\\Windows\\System32\\kernel32.dll@7>", 4096)) {
            if (candidate.means(new Object[] {from, 44L, to, new long[1], 0, false, options})) {
                meant.add(candidate.entry.id());
            }
        }
        return meant;
    }

    @Test
    void aCopyInsideThisProcessOpens() {
        assertThat(duplicates(SELF, SELF, SAME_ACCESS)).containsExactly("k32.duplicate");
        assertThat(duplicates(SELF, SELF, SAME_ACCESS | CLOSE_SOURCE))
                .containsExactlyInAnyOrder("k32.duplicate", "k32.close-source");
    }

    /** After a late attach the look-ups before it are not known; dlsym(3) finds {@code close} by way of any library. */
    @Test
    void whatWasCalledByWayOfAnotherLibraryIsStillTheCLibrarys() {
        NativeFunctions linux = new NativeFunctions(new HookTable(RuntimeCatalog.builtIn(17, "linux")), new Inside());

        assertThat(linux.find("close", "Native Library </opt/libdriver.so@5>", 8192))
                .isEmpty();
        assertThat(linux.find("close", "Native Library <libc.so.6@6>", 8192)).isNotEmpty();
        assertThat(linux.at(8192)).isNotEmpty();
        assertThat(linux.find("close", "Native Library </opt/libdriver.so@5>", 8192))
                .as("by its address, from then on")
                .isNotEmpty();
    }

    /** Of what this JVM has mapped: the C library's and its own. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoseFunctionAnotherLibraryHasFoundIsSaidByItsAddress() throws IOException {
        NativeFunctions linux = new NativeFunctions(new HookTable(RuntimeCatalog.builtIn(17, "linux")), new Inside());
        String driver = "Native Library </opt/libdriver.so@5>";

        assertThat(linux.find("close", driver, mapped(LIBC))).isNotEmpty();
        assertThat(linux.find("close", driver, mapped("libjvm.so"))).isEmpty();
        assertThat(linux.find("close", "Native Library <libc.so.6@6>", mapped("libjvm.so")))
                .as("the C library's own name is believed")
                .isNotEmpty();
        linux.learn("close", "libdriver.so", mapped("libjvm.so"));
        assertThat(linux.at(mapped("libjvm.so"))).as("and not forgotten").isNotEmpty();
        linux.learn("shutdown", "libdriver.so", mapped(LIBC) + 16);
        assertThat(linux.at(mapped(LIBC) + 16)).isNotEmpty();
    }

    private static long mapped(String... names) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            for (String name : names) {
                if (line.contains("/" + name)) {
                    return Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16) + 64;
                }
            }
        }
        throw new AssertionError("not mapped: " + List.of(names));
    }

    /** The number that comes back is the other process's, and may be anything here. */
    @Test
    void aCopyIntoAnotherProcessOpensNothingHere() {
        assertThat(duplicates(SELF, CHILD, SAME_ACCESS)).isEmpty();
        assertThat(duplicates(SELF, CHILD, SAME_ACCESS | CLOSE_SOURCE)).containsExactly("k32.close-source");
    }

    /** The number that is closed is the other process's. */
    @Test
    void aHandlePulledOutOfAnotherProcessClosesNothingHere() {
        assertThat(duplicates(CHILD, SELF, SAME_ACCESS | CLOSE_SOURCE)).containsExactly("k32.duplicate");
        assertThat(duplicates(null, null, CLOSE_SOURCE)).isEmpty();
    }
}
