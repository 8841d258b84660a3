package io.notsock.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsequencesTest {
    @ParameterizedTest
    @CsvSource({
        "FD,     SOCKET,        ,       EBADF,                9",
        "FD,     SOCKET,        FILE,   ENOTSOCK,             88",
        "FD,     SERVER_SOCKET, EPOLL,  ENOTSOCK,             88",
        "FD,     FILE,          ,       EBADF,                9",
        "CRT_FD, FILE,          ,       EBADF,                9",
        "HANDLE, SOCKET,        ,       WSAENOTSOCK,          10038",
        "HANDLE, DATAGRAM,      FILE,   WSAENOTSOCK,          10038",
        "HANDLE, FILE,          ,       ERROR_INVALID_HANDLE, 6",
        "PTHREAD, THREAD,       ,       ESRCH,                3",
    })
    void theVictimsNextCallFails(Space space, HandleType type, HandleType now, String name, int code) {
        Alert alert = new Alert.Builder(AlertKind.FOREIGN_CLOSE, new AlertHandle(space, 42, type, 7))
                .time(SampleAlerts.TIME)
                .confidence(Confidence.CERTAIN)
                .party(SampleAlerts.victim().build())
                .build();

        Consequence consequence = Consequences.of(alert, now);

        assertThat(consequence.name()).isEqualTo(name);
        assertThat(consequence.code()).isEqualTo(code);
        assertThat(consequence.text())
                .startsWith(
                        "the next call on the handle that \"conn-9\" opened fails with " + name + " (" + code + ")");
    }

    @Test
    void anotherOfTheSameTypeGivesNoError() {
        Consequence consequence = Consequences.of(SampleAlerts.staleClose().build(), HandleType.SOCKET);

        assertThat(consequence.code()).isZero();
        assertThat(consequence.name()).isNull();
        assertThat(consequence.text()).contains("no error");
    }

    @Test
    void aUseOfAStrangersNumberFailsOnlyWhereTheTypeDiffers() {
        Alert socketUse = SampleAlerts.of(AlertKind.USE_OF_REUSED, HandleType.SOCKET)
                .party(SampleAlerts.victim().build())
                .build();

        assertThat(Consequences.of(socketUse, HandleType.FILE).code()).isEqualTo(88);
        assertThat(Consequences.of(socketUse, HandleType.SOCKET).text()).contains("bytes");
    }

    @Test
    void percentSignsInThreadNamesAreHarmless() {
        Alert alert = SampleAlerts.staleClose()
                .party(SampleAlerts.victim().thread("100%s %d", 1, false).build())
                .build();

        assertThat(Consequences.of(alert, null).text()).contains("\"100%s %d\"");
    }
}
