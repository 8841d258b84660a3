package io.notsock.explain;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The past of objects, by identity, for as long as they live.
 *
 * <p>Design. A fixed number of chains; a node is added at the head of its chain by one CAS, and whoever adds
 * one when there are twice as many as were left the last time unlinks those whose objects are gone, so the cost is constant per
 * object. Two threads that unlink at once may link such a node again: it is unlinked by
 * the next. Bounded by the living objects; no reference queue, which would give every collection work to do.
 *
 * <p>Lock-free. Neither keeps an object alive nor asks its {@code equals} or {@code hashCode}.
 */
final class ObjectPasts {
    private static final int CHAINS = 1024;
    private static final int BETWEEN_SWEEPS = 8;

    private final AtomicReferenceArray<Node> chains = new AtomicReferenceArray<>(CHAINS);

    /** The past of this object, or {@code null}. */
    ObjectPast of(Object object) {
        int hash = System.identityHashCode(object);
        for (Node node = chains.get(chain(hash)); node != null; node = node.next) {
            if (node.hash == hash && node.get() == object) {
                return node.past;
            }
        }
        return null;
    }

    /** Remembers the past of this object; a newer one goes before an older. */
    void add(Object object, ObjectPast past) {
        Node node = new Node(object, System.identityHashCode(object), past);
        int chain = chain(node.hash);
        for (; ; ) {
            Node head = chains.get(chain);
            node.untilSweep = head == null ? BETWEEN_SWEEPS : head.untilSweep - 1;
            node.next = head;
            if (node.untilSweep <= 0) {
                node.next = living(head);
                node.untilSweep = Math.max(BETWEEN_SWEEPS, length(node.next));
            }
            if (chains.compareAndSet(chain, head, node)) {
                return;
            }
        }
    }

    /** Visits the pasts of all objects that live, and forgets the others. */
    void forEach(Consumer<ObjectPast> visitor) {
        for (int chain = 0; chain < CHAINS; chain++) {
            Node head = chains.get(chain);
            Node living = living(head);
            if (living != head) {
                chains.compareAndSet(chain, head, living); // else somebody has added one: the next look will do
            }
            for (Node node = living; node != null; node = node.next) {
                visitor.accept(node.past);
            }
        }
    }

    /** The first node of a chain whose object lives; the dead ones behind it are unlinked. */
    private static Node living(Node first) {
        Node head = first;
        while (head != null && head.get() == null) {
            head = head.next;
        }
        Node before = head;
        while (before != null) {
            Node node = before.next;
            if (node != null && node.get() == null) {
                before.next = node.next;
            } else {
                before = node;
            }
        }
        return head;
    }

    private static int length(Node first) {
        int length = 0;
        for (Node node = first; node != null; node = node.next) {
            length++;
        }
        return length;
    }

    private static int chain(int hash) {
        return (hash ^ hash >>> 16) & (CHAINS - 1);
    }

    private static final class Node extends WeakReference<Object> {
        private final int hash;
        private final ObjectPast past;
        private volatile Node next;
        /** Nodes that may be added before the chain is swept. Written before the node is published. */
        private int untilSweep;

        Node(Object object, int hash, ObjectPast past) {
            super(object);
            this.hash = hash;
            this.past = past;
        }
    }
}
