package io.notsock.agent.jfr;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertSink;
import io.notsock.alert.Party;
import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.track.LifeListener;
import java.security.AccessController;
import java.security.PrivilegedAction;
import jdk.jfr.FlightRecorder;

/**
 * Makes events of opens, closes and alerts. Opens and closes become events in the application's thread, with its stack,
 * and only where a recording wants them; else each costs one look at a flag that Flight Recorder keeps.
 */
public final class FlightRecording implements LifeListener, AlertSink {
    /** Never committed: asked whether any recording wants such events. */
    private static final HandleOpenEvent OPEN = new HandleOpenEvent();

    private static final HandleCloseEvent CLOSE = new HandleCloseEvent();

    /** Flight Recorder has failed once; a hook that throws would take its number's verdicts with it. */
    private volatile boolean broken;

    private FlightRecording() {}

    /** Whether the JVM has initialised Flight Recorder already. */
    public static boolean initialized() {
        return FlightRecorder.isInitialized();
    }

    /** Registers the events with Flight Recorder, which has been initialised; in any thread. */
    @SuppressWarnings("removal") // with a security manager the events are ours to register, whoever began the recording
    public static FlightRecording join() {
        return AccessController.doPrivileged((PrivilegedAction<FlightRecording>) () -> {
            FlightRecorder.register(HandleOpenEvent.class);
            FlightRecorder.register(HandleCloseEvent.class);
            FlightRecorder.register(AlertEvent.class);
            return new FlightRecording();
        });
    }

    @Override
    public void opened(Life life) {
        try {
            if (!OPEN.isEnabled() || broken) {
                return;
            }
            HandleOpenEvent event = new HandleOpenEvent();
            event.handle(life);
            event.api = apiOf(life.opened());
            event.owner = ownerOf(life);
            event.commit();
        } catch (RuntimeException | LinkageError e) {
            broken = true;
        }
    }

    @Override
    public void closed(Life life) {
        try {
            if (!CLOSE.isEnabled() || broken) {
                return;
            }
            Act by = life.closed();
            Act from = life.opened();
            HandleCloseEvent event = new HandleCloseEvent();
            event.handle(life);
            event.api = apiOf(by);
            event.owner = ownerOf(life);
            event.byStranger = life.state() == Life.KILLED;
            if (from != null) {
                event.openedBy = from.thread();
                event.openFor = (by == null ? System.nanoTime() : by.nanos()) - from.nanos();
            }
            event.commit();
        } catch (RuntimeException | LinkageError e) {
            broken = true;
        }
    }

    @Override
    public void write(Alert alert) {
        AlertEvent event = new AlertEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.time = alert.time().toEpochMilli();
        event.kind = alert.kind().name();
        event.level = alert.level().name();
        event.summary = alert.summary();
        event.culprit = alert.culprit().label();
        event.confidence = alert.confidence().label();
        event.number = alert.handle().number();
        event.generation = alert.handle().hasGeneration() ? alert.handle().generation() : 0;
        event.space = alert.handle().space().label();
        event.type = alert.handle().type().label();
        event.rogue = text(alert.rogue());
        event.firstClose = text(alert.firstClose());
        event.victim = text(alert.victim());
        event.consequence =
                alert.consequence() == null ? null : alert.consequence().text();
        event.advice = alert.advice();
        event.alertId = alert.id();
        event.incident = alert.incident();
        event.fingerprint = alert.fingerprint();
        event.count = alert.count();
        event.commit();
    }

    @Override
    public void close() {
        // Flight Recorder writes its files itself
    }

    private static String apiOf(Act act) {
        return act == null ? null : act.api();
    }

    /** Class of the first owner that is still there: it runs no code of the application. */
    private static String ownerOf(Life life) {
        String name = null;
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            Object owner = ref.get();
            if (owner != null && ref.part() != OwnerRef.Part.DELEGATE) {
                name = owner.getClass().getName(); // the first owner is the last of the list
            }
        }
        return name;
    }

    /** Thread, API, owner and stack, a line each. */
    private static String text(Party party) {
        if (party == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        if (party.thread() != null) {
            text.append("by thread \"").append(party.thread()).append('"');
        }
        add(text, "through ", party.api());
        add(text, "owner ", party.owner());
        add(text, "", party.detail());
        if (party.stack() != null) {
            for (String frame : party.stack()) {
                text.append(text.length() == 0 ? "at " : "\n  at ").append(frame);
            }
        }
        add(text, "no stack: ", party.stackMissing());
        return text.toString();
    }

    private static void add(StringBuilder text, String label, String value) {
        if (value != null) {
            text.append(text.length() == 0 ? "" : ", ").append(label).append(value);
        }
    }

    @Override
    public String toString() {
        return "jfr";
    }
}
