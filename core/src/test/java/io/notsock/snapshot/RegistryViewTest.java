package io.notsock.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryViewTest {
    private final Registry registry = new Registry(1, Reachability.BY_GET);
    private final Recorder recorder = new Recorder(StackPolicy.ALL);
    private final RegistryView view = new RegistryView(registry, new WallClock(), life -> "described " + life.number());

    @Test
    void totalsComeFromGenerationsHoweverLittleOfThePastIsKept() {
        for (int i = 0; i < 1000; i++) {
            close(open(Space.FD, 7, HandleType.FILE, false, this));
        }
        open(Space.FD, 7, HandleType.SOCKET, false, this);
        open(Space.FD, 8, HandleType.SOCKET, false, this);
        open(Space.HANDLE, 8, HandleType.EVENT, false, this);

        Totals totals = view.totals();

        assertThat(totals.opened()).isEqualTo(1003);
        assertThat(totals.closed()).isEqualTo(1000);
        assertThat(totals.opened(Space.FD)).isEqualTo(1002);
        assertThat(totals.open(Space.FD)).containsOnly(java.util.Map.entry(HandleType.SOCKET, 2L));
        assertThat(totals.open(Space.PTHREAD)).isEmpty();
    }

    @Test
    void whatTheAgentOpensIsNotTheApplications() {
        open(Space.FD, 7, HandleType.FILE, true, this);
        close(open(Space.FD, 8, HandleType.FILE, true, this));
        open(Space.FD, 8, HandleType.FILE, false, this);

        assertThat(view.totals().opened()).isEqualTo(1);
        assertThat(view.totals().closed()).isZero();
        assertThat(view.openHandles()).extracting(HandleLife::number).containsExactly(8L);
    }

    @Test
    void anOpeningThatNobodySawIsListedButNotCounted() {
        registry.begin(Opening.unseen(Space.FD), 5, null, null);

        assertThat(view.totals().opened()).isZero();
        assertThat(view.openHandles()).singleElement().satisfies(handle -> {
            assertThat(handle.opened()).isNull();
            assertThat(handle.detail()).isEqualTo("described 5");
        });
    }

    @Test
    void aHandleThatIsBeingClosedIsStillOpen() {
        Life life = open(Space.FD, 7, HandleType.FILE, false, this);
        life.beginClose(act(Act.What.CLOSE));

        assertThat(view.totals().closed()).isZero();
        assertThat(view.openHandles())
                .singleElement()
                .satisfies(handle -> assertThat(handle.state()).isEqualTo(HandleLife.State.CLOSING));

        life.finishClose();

        assertThat(view.totals().closed()).isEqualTo(1);
    }

    @Test
    void theHistoryOfANumberBeginsWithItsOldestLife() {
        close(open(Space.FD, 7, HandleType.FILE, false, this));
        open(Space.FD, 7, HandleType.SOCKET, false, this).release();

        List<HandleLife> lives = view.history(7);

        assertThat(lives)
                .extracting(HandleLife::state)
                .containsExactly(HandleLife.State.CLOSED, HandleLife.State.RELEASED);
        assertThat(lives.get(0).closed().thread())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(lives.get(0).detail()).isNull();
        assertThat(lives.get(0).owner()).isEqualTo(RegistryViewTest.class.getName());
        assertThat(view.history(8)).isEmpty();
        assertThat(view.history(-1)).isEmpty();
    }

    private Life open(Space space, long number, HandleType type, boolean agent, Object owner) {
        Opening opening = new Opening(space, type, "java:Test", true, false, agent);
        return registry.begin(
                opening, number, act(Act.What.OPEN), new OwnerRef(owner, OwnerRef.Part.OPENER, true, null));
    }

    private void close(Life life) {
        life.beginClose(act(Act.What.CLOSE));
        life.finishClose();
    }

    private Act act(Act.What what) {
        return recorder.record(what, "java:Test", false);
    }
}
