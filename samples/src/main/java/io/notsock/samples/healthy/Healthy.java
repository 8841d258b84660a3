package io.notsock.samples.healthy;

import io.notsock.samples.Notsock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Closes everything twice, as correct programs do: notsock must not say a word, and the counts show it. */
public final class Healthy {
    /** One habit of correct programs. */
    interface Habit {
        void run() throws Exception;
    }

    private Healthy() {}

    public static void main(String[] args) throws Exception {
        System.out.println();
        System.out.println("=== Closing everything twice: " + (Notsock.present() ? "with notsock" : "without notsock"));
        Map<String, Habit> habits = new LinkedHashMap<>();
        Streams.addTo(habits);
        Sockets.addTo(habits);
        for (Map.Entry<String, Habit> habit : habits.entrySet()) {
            habit.getValue().run();
            System.out.println("  " + habit.getKey());
        }
        if (Notsock.present()) {
            System.out.println();
            System.out.println("What notsock has counted:");
            Notsock.ask("alerts").lines().forEach(line -> System.out.println("  " + line));
        }
    }
}
