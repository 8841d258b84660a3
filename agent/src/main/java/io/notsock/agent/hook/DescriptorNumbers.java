package io.notsock.agent.hook;

import io.notsock.track.OwnerNumbers;
import java.io.FileDescriptor;
import java.io.NotsockHooks;

/** Asks a {@code FileDescriptor} for its number and its addresses; other owners cannot be asked. */
public final class DescriptorNumbers implements OwnerNumbers {
    @Override
    public long numberOf(Object owner) {
        return owner instanceof FileDescriptor ? NotsockHooks.number((FileDescriptor) owner) : CANNOT_ASK;
    }

    @Override
    public String addressesOf(Object owner) {
        return owner instanceof FileDescriptor ? SocketAddresses.of((FileDescriptor) owner) : null;
    }
}
