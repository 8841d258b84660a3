package io.notsock.registry;

import io.notsock.evidence.Act;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Slots of numbers that are no small integers: addresses ({@code FILE*}, {@code DIR*}, {@code pthread_t}), pseudo handles.
 *
 * <p>Design. A small number comes back soon, and its slot is the place where its past is pruned. An address may never come back,
 * so slots themselves have to go: those whose lives are over and whose owners are gone, but for the {@value #KEPT} that ended
 * last, about as many as a process has small numbers. As with the past of a number, whoever makes a slot when there are twice as
 * many as were left the last time looks through them, so the cost is constant per open.
 *
 * <p>A slot goes in two steps: one CAS puts {@link SlotTable.Slot#GONE} in the place of the dead life, then the map lets go of it.
 * Whoever has found the slot before and now begins a life in it fails at his own CAS and asks for the slot anew; so no life is
 * ever begun in a slot that nobody will find. Generations go on counting above all that were forgotten, so that number and
 * generation still name one life.
 *
 * <p>Thread-safe. Readers do not wait; who adds a slot waits for none but another who adds one to the same bin.
 */
final class LargeSlots {
    /** Numbers remembered although nothing of them is open and nobody holds them. */
    static final int KEPT = 1024;

    private final ConcurrentHashMap<Long, SlotTable.Slot> slots = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicLong forgottenOpens = new AtomicLong();
    private final Reachability reachability;
    private final int kept;
    private volatile int sweptAbove;
    /** Highest generation of any number that was forgotten; only the sweeper writes it. */
    private volatile int forgottenGeneration;

    LargeSlots(Reachability reachability, int kept) {
        this.reachability = reachability;
        this.kept = kept;
        this.sweptAbove = 2 * kept;
    }

    /** The slot of this number, or {@code null}. */
    SlotTable.Slot find(long number) {
        return slots.get(number);
    }

    /** The slot of this number, made where there is none; it may be gone by the time it is used. */
    SlotTable.Slot at(long number) {
        for (; ; ) {
            SlotTable.Slot known = slots.get(number);
            if (known != null && known.life != SlotTable.Slot.GONE) {
                return known;
            }
            SlotTable.Slot made = new LargeSlot(forgottenGeneration);
            if (known != null) {
                if (slots.replace(number, known, made)) {
                    return made; // in the place of the other: as many as before
                }
            } else if (slots.putIfAbsent(number, made) == null) {
                if (size.incrementAndGet() > sweptAbove) {
                    sweep();
                }
                return made;
            }
        }
    }

    Collection<SlotTable.Slot> all() {
        return slots.values();
    }

    /** What {@link Life#opens()} of those that were forgotten adds up to. */
    long forgottenOpens() {
        return forgottenOpens.get();
    }

    private void sweep() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            long now = System.nanoTime();
            List<Ended> ended = new ArrayList<>(2 * kept);
            slots.forEach((number, slot) -> {
                Life life = slot.life;
                if (life != null && life != SlotTable.Slot.GONE && isOver(life)) {
                    ended.add(new Ended(number, slot, life, now));
                }
            });
            ended.sort((one, other) -> Long.compare(one.nanos - other.nanos, 0)); // nanoTime may wrap
            for (Ended each : ended.subList(0, Math.max(0, ended.size() - kept))) {
                forget(each);
            }
            // What is left beyond the dead is open or owned: the next sweep waits until there are twice as many.
            sweptAbove = 2 * Math.max(kept, size.get());
        } finally {
            sweeping.set(false);
        }
    }

    private void forget(Ended dead) {
        forgottenGeneration = Math.max(forgottenGeneration, dead.life.generation());
        if (dead.slot.compareAndSet(dead.life, SlotTable.Slot.GONE)) {
            forgottenOpens.addAndGet(dead.life.opens());
            if (slots.remove(dead.number, dead.slot)) {
                size.decrementAndGet();
            }
        }
    }

    /** Nothing is open, and nobody is left who could take it for his. */
    private boolean isOver(Life newest) {
        if (newest.live() || newest.state() == Life.CLOSING) {
            return false;
        }
        for (Life life = newest; life != null; life = life.previous) {
            if (life.owned(reachability)) {
                return false;
            }
        }
        return true;
    }

    /** A slot that comes after others of the same number. */
    private static final class LargeSlot extends SlotTable.Slot {
        private final int generationsBefore;

        LargeSlot(int generationsBefore) {
            this.generationsBefore = generationsBefore;
        }

        @Override
        int generationsBefore() {
            return generationsBefore;
        }
    }

    /** A slot whose life has ended. */
    private static final class Ended {
        final Long number;
        final SlotTable.Slot slot;
        final Life life;
        private final long nanos;

        Ended(Long number, SlotTable.Slot slot, Life life, long now) {
            this.number = number;
            this.slot = slot;
            this.life = life;
            Act last = life.closed() != null ? life.closed() : life.opened();
            this.nanos = last == null ? now : last.nanos();
        }
    }
}
