package io.notsock.snapshot;

import io.notsock.alert.AlertDesk;
import io.notsock.alert.Level;
import io.notsock.alert.SampleAlerts;
import io.notsock.alert.Suppressions;
import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Opening;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import java.util.List;
import java.util.Map;

/** Snapshots that tests are written about. */
public final class SampleSnapshots {
    private SampleSnapshots() {}

    /** Two sockets, a file and an event, opened without stacks; one alert. */
    public static Snapshot.Builder some() {
        Registry registry = new Registry(4, Reachability.BY_GET);
        Recorder recorder = new Recorder(StackPolicy.OFF);
        open(registry, recorder, Space.FD, 12, HandleType.SOCKET);
        open(registry, recorder, Space.FD, 9, HandleType.SOCKET);
        open(registry, recorder, Space.FD, 300, HandleType.FILE);
        open(registry, recorder, Space.HANDLE, 8, HandleType.EVENT);
        WallClock clock = new WallClock();
        RegistryView view = new RegistryView(registry, clock, life -> "socket:[" + life.number() + "]");
        AlertDesk desk =
                new AlertDesk(Level.WARN, Suppressions.none(), SampleAlerts.PROCESS, List.of(), (sink, failure) -> {});
        desk.accept(SampleAlerts.staleClose().build());
        return new Snapshot.Builder()
                .since(clock.start(), false)
                .process(SampleAlerts.PROCESS)
                .totals(view.totals())
                .handles(view.openHandles())
                .alerts(desk.counters(), 3)
                .coverage(Map.of("known", 3), List.of("77 pipe:[1]"));
    }

    private static void open(Registry registry, Recorder recorder, Space space, long number, HandleType type) {
        Act act = recorder.record(Act.What.OPEN, "java:sun.nio.ch.Net.socket", false);
        registry.begin(new Opening(space, type, "java:sun.nio.ch.Net.socket", true, false, false), number, act, null);
    }
}
