package io.notsock.agent.http;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.NotsockHooks;
import java.lang.reflect.Field;
import java.nio.channels.Channel;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Knows whether the numbers of our own sockets still name them; what is lost is kept, and never closed. Thread-safe. */
final class Sockets {
    private final Registry registry;
    private final Space space;
    private final ConcurrentLinkedQueue<Channel> lost = new ConcurrentLinkedQueue<>();

    /** @param space where the numbers of sockets are on this OS */
    Sockets(Registry registry, Space space) {
        this.registry = registry;
        this.space = space;
    }

    /** The object inside a channel of {@code sun.nio.ch} that has its number. */
    FileDescriptor descriptor(Channel channel) {
        try {
            Field field = channel.getClass().getDeclaredField("fd");
            HookReceiver.open(field);
            return (FileDescriptor) field.get(channel);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // a JDK that calls it otherwise: then it cannot be checked
        }
    }

    /** Whether the number is still this descriptor's, as far as anybody has seen. */
    boolean holds(FileDescriptor descriptor) {
        if (descriptor == null) {
            return true;
        }
        Life life = registry.current(space, NotsockHooks.number(descriptor));
        return life == null || (life.live() && life.ownerRef(descriptor) != null);
    }

    void close(Channel channel, FileDescriptor descriptor) {
        if (!holds(descriptor)) {
            lost.add(channel);
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
