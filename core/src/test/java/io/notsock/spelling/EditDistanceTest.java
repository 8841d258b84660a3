package io.notsock.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "'','',0",
        "a,'',1",
        "'',abc,3",
        "abc,abc,0",
        "abc,acb,1",
        "abc,bc,1",
        "abc,axc,1",
        "abcd,badc,2",
        "jar,jfr,1",
        "abc,ABC,3"
    })
    void between(String a, String b, int edits) {
        assertThat(EditDistance.between(a, b)).isEqualTo(edits);
        assertThat(EditDistance.between(b, a)).isEqualTo(edits);
    }
}
