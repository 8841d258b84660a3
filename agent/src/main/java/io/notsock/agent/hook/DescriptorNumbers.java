package io.notsock.agent.hook;

import io.notsock.track.OwnerNumbers;
import java.io.FileDescriptor;
import java.io.NotsockHooks;
import java.lang.reflect.Field;

/** Asks a {@code FileDescriptor} for its number, its addresses and its stream; other owners cannot be asked. */
public final class DescriptorNumbers implements OwnerNumbers {
    @Override
    public long numberOf(Object owner) {
        return owner instanceof FileDescriptor ? NotsockHooks.number((FileDescriptor) owner) : CANNOT_ASK;
    }

    @Override
    public String addressesOf(Object owner) {
        return owner instanceof FileDescriptor ? SocketAddresses.of((FileDescriptor) owner) : null;
    }

    @Override
    public Object around(Object owner) {
        Field field = owner instanceof FileDescriptor ? Parent.FIELD : null;
        return field == null ? null : JdkInsides.value(field, owner);
    }

    @Override
    public String behind(Object owner) {
        Object around = around(owner);
        return around == null ? null : new JdkInsides().behind(around);
    }

    /** The stream that a descriptor was made for; a class of its own, since only alerts need it. */
    private static final class Parent {
        /** {@code null} where this JDK has no such field. */
        static final Field FIELD = JdkInsides.field(FileDescriptor.class, "parent");
    }
}
