package io.notsock.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsWitnessTest {
    @ParameterizedTest
    @CsvSource({
        "com/sun/jna/Native,true",
        "acme/shaded/com/sun/jna/Native,true",
        "acme/jnr/ffi/LibraryLoader,true",
        "jdk/internal/foreign/abi/SharedUtils,true",
        "notcom/sun/jna/Native,false",
        "com/sun/jna/NativeLibrary,false",
        "com/sun/jna/Native$1,false",
        "Native,false"
    })
    void waitsForTheFirstClassOfEachWayToNativeFunctions(String className, boolean expected) {
        assertThat(OsWitness.callsNative(className)).isEqualTo(expected);
    }
}
