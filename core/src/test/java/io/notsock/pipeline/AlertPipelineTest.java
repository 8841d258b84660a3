package io.notsock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertKind;
import io.notsock.alert.AlertSink;
import io.notsock.alert.Level;
import io.notsock.alert.ProcessInfo;
import io.notsock.alert.Suppressions;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.HookTable;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertPipelineTest {
    private final FindingQueue queue = new FindingQueue(10);
    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(17, "linux"));
    private final List<Alert> written = Collections.synchronizedList(new ArrayList<>());

    /** As a native of the JDK may: what it throws is checked, and no signature says so. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUndeclared(Throwable any) throws T {
        throw (T) any;
    }

    @Test
    void anAlertThatCannotBeWrittenAtTheEndDoesNotTakeTheOthersAlong() {
        Object first = new Object();
        Object second = new Object();
        Tracker tracker = tracker();
        for (Object victim : List.of(first, second)) {
            long number = victim == first ? 42 : 43;
            tracker.after(hook("nio.socket"), victim, null, number);
            tracker.done(hook("c.close"), tracker.before(hook("c.close"), null, number, -1), 0);
        }
        AlertPipeline pipeline = pipeline(owner -> {
            if (owner == first) {
                AlertPipelineTest.<RuntimeException>throwUndeclared(new IOException("undeclared"));
            }
            return OwnerNumbers.CANNOT_ASK;
        });

        Thread thread = new Thread(pipeline);
        pipeline.finish(0, false);
        thread.start();
        boolean ended = pipeline.finish(10_000, false);

        assertThat(ended).isTrue();
        assertThat(written)
                .extracting(alert -> alert.handle().number(), Alert::kind)
                .containsExactly(tuple(43L, AlertKind.FOREIGN_CLOSE));
        assertThat(queue.settled()).isTrue();
    }

    private Tracker tracker() {
        Tracker made = new Tracker(
                registry,
                new Recorder(StackPolicy.AUTO),
                Witness.SILENT,
                owner -> OwnerNumbers.CANNOT_ASK,
                queue,
                queue,
                false,
                null);
        made.install(hooks);
        return made;
    }

    private int hook(String id) {
        return HookTable.ofEntry(hooks.catalog().indexOf(id));
    }

    private AlertPipeline pipeline(OwnerNumbers numbers) {
        AlertSink sink = new AlertSink() {
            @Override
            public void write(Alert alert) {
                written.add(alert);
            }

            @Override
            public void close() {}
        };
        AlertDesk desk = new AlertDesk(
                Level.INFO,
                Suppressions.none(),
                new ProcessInfo(1, "17", "Linux", "Main"),
                List.of(sink),
                (failing, failure) -> {});
        return new AlertPipeline(queue, registry, numbers, desk, new WallClock(), 10, () -> {}, null);
    }
}
