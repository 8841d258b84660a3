package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A double close is seen in whatever form a program has declared the function to JNA. */
class RawFormsTest {
    /** Each of these closes one number twice; alike as their stacks are, they are counted together. */
    private static final List<String> FORMS = List.of(
            "plain",
            "void",
            "boolean",
            "long",
            "throwing",
            "process",
            "byName",
            "byNameVoid",
            "byAddress",
            "directThrowing",
            "directRenamed",
            "directBoolean",
            "directTyped",
            "directMapped",
            "directTypedCopy",
            "directPipe",
            "pointerPipe");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyFormOnEveryRuntime() {
        return Fixtures.runtimes().stream()
                .map(jdk -> dynamicTest(jdk.toString(), () -> {
                    Path alerts =
                            folder.resolve("forms-" + jdk.version() + jdk.home().hashCode() + ".json");
                    ChildJvm.Result result = Fixtures.program(jdk, "RawForms")
                            .agent(Fixtures.options(alerts))
                            .run()
                            .expectExit(0);
                    assertThat(result.stdout()).doesNotContain("FAILED").contains("threads done", "directVoid done");
                    assertThat(result.stderr()).isEmpty();
                    FORMS.forEach(form -> assertThat(result.stdout()).contains(form + " done"));
                    List<AlertLines.Line> told = AlertLines.read(alerts);
                    assertThat(told).allSatisfy(line -> {
                        assertThat(line.verdict()).isEqualTo("ERROR DOUBLE_CLOSE confirmed unknown");
                        assertThat(line.of("rogue", "api")).isEqualTo("jna:close");
                        assertThat(line.of("firstClose", "api")).isEqualTo("jna:close");
                    });
                    assertThat(told.stream().mapToLong(AlertLines.Line::count).sum())
                            .isEqualTo(FORMS.size());
                }));
    }
}
