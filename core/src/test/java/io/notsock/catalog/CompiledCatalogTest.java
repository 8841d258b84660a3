package io.notsock.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledCatalogTest {
    @ParameterizedTest
    @ValueSource(strings = {"linux", "windows"})
    void whatTheBuildHasCompiledIsWhatTheFilesSay(String os) {
        Catalog parsed = Catalog.parsed(os);

        assertThat(parsed.entries()).hasSizeGreaterThan(50);
        assertThat(Catalog.builtIn(os)).usingRecursiveComparison().isEqualTo(parsed);
    }

    @Test
    void everyPartOfAnEntryIsKept() {
        Catalog parsed = new CatalogParser().read("all", """
                entry a.open
                  role open
                  os linux windows
                  type socket
                  method a.B.open(Ljava/lang/String;)I @17..21
                  number return
                  owner this armed
                  closer this.c:La/C;
                  when positive
                  lifetime vm
                  closed-by a.close
                  api jni:é

                entry a.fetch
                  role open
                  call a.N.fetch([I)V in a.B#x, c.*
                  number arg0[]
                  owner caller

                entry a.close
                  role close
                  function fcntl in libc.so, <process>
                  number arg0
                  owner none
                  when arg1 = 0, 1030 and arg2 = -1
                  fails EBADF
                """).catalog();

        assertThat(new CompiledCatalog(CompiledCatalog.of(parsed)).whole())
                .usingRecursiveComparison()
                .isEqualTo(parsed);
    }
}
