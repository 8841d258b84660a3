package io.notsock.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameFilterTest {
    @Test
    void whatWasAddedPassesWithDotsOrSlashes() {
        NameFilter filter = NameFilter.empty();
        filter.add("java.io.FileDescriptor");
        filter.add("*.io.netty.channel.unix.FileDescriptor");

        assertThat(filter.mayBeNamed("java/io/FileDescriptor")).isTrue();
        assertThat(filter.mayBeNamed("java.io.FileDescriptor")).isTrue();
        assertThat(filter.mayBeRelocated("any/where/io/netty/channel/unix/FileDescriptor"))
                .isTrue();
        assertThat(filter.mayBeRelocated("any.where.io.netty.channel.unix.FileDescriptor"))
                .isTrue();
        assertThat(filter.mayBeNamed("java/io/FileDescriptors")).isFalse();
        assertThat(filter.mayBeRelocated("io/netty/Other")).isFalse();
    }

    @Test
    void aNameOfOneLetterPassesAsLittleAsItHasTo() {
        NameFilter filter = NameFilter.empty();
        filter.add("*.p.A");

        assertThat(filter.mayBeRelocated("A")).isFalse(); // in no package: no library
        assertThat(filter.mayBeRelocated("x/p/A")).isTrue();
        assertThat(filter.mayBeRelocated("x.p.A")).isTrue();
        assertThat(filter.mayBeRelocated("")).isFalse();
    }

    /** Every class that the catalog names is found by its key, and nearly everything else is stopped. */
    @ParameterizedTest
    @ValueSource(strings = {"linux", "windows"})
    void theCompiledCatalogFindsItsClasses(String os) {
        RuntimeCatalog catalog = RuntimeCatalog.builtIn(17, os);
        NameFilter filter = catalog.filter();
        List<String> patterns = new ArrayList<>();
        catalog.classes((pattern, targets) -> patterns.add(pattern));
        Set<String> packages = new HashSet<>();
        catalog.packages((pattern, targets) -> packages.add(pattern));

        assertThat(patterns).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        assertThat(packages).allMatch(pattern -> pattern.endsWith(".*"));
        for (String pattern : patterns) {
            Set<String> found = new HashSet<>();
            catalog.classes(RuntimeCatalog.key(pattern), (name, targets) -> {
                found.add(name);
                assertThat(targets).isNotEmpty();
            });
            assertThat(found).contains(pattern);
            if (pattern.endsWith(".*")) {
                assertThat(packages).contains(pattern);
            } else if (pattern.startsWith("*.")) {
                assertThat(filter.mayBeRelocated("shaded/" + pattern.substring(2)))
                        .isTrue();
            } else {
                assertThat(filter.mayBeNamed(pattern)).isTrue();
            }
        }
    }
}
