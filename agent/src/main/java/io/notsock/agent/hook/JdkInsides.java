package io.notsock.agent.hook;

import io.notsock.explain.Insides;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipFile;

/**
 * Reads the private fields by which the JDK's sockets, channels and streams lead to their descriptor. A field that this JDK
 * does not have leads nowhere.
 *
 * <p>Thread-safe. Holds classes of the JDK only.
 */
public final class JdkInsides implements Insides {
    private static final Object[] NOTHING = {};

    /** By the outermost class of the JDK that an object is of. */
    private final Map<Class<?>, Field[]> known = new ConcurrentHashMap<>();

    @Override
    public Object[] of(Object object) {
        Class<?> type = ofJdk(object.getClass());
        Field[] fields = known.get(type);
        if (fields == null) {
            fields = fields(type);
            known.put(type, fields);
        }
        if (fields.length == 0) {
            return NOTHING;
        }
        List<Object> inside = new ArrayList<>(fields.length);
        for (Field field : fields) {
            Object value = value(field, object);
            if (value != null) {
                inside.add(value);
            }
        }
        return inside.toArray();
    }

    static Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            return null; // it was made accessible, or would not be here
        }
    }

    /** The class itself, or what it extends of the boot loader's: a library's own class may be unloaded. */
    private static Class<?> ofJdk(Class<?> type) {
        Class<?> jdk = type;
        while (jdk.getClassLoader() != null) {
            jdk = jdk.getSuperclass();
        }
        return jdk;
    }

    private static Field[] fields(Class<?> type) {
        List<Field> fields = new ArrayList<>(2);
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (String[] known : Fields.ALL) {
                Field field = known[0].equals(each.getName()) ? field(each, known[1]) : null;
                if (field != null) {
                    fields.add(field);
                }
            }
        }
        return fields.toArray(new Field[0]);
    }

    static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            HookReceiver.open(field);
            return field;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null; // another release of the JDK
        }
    }

    @Override
    public Object owner(Object object) {
        if (object instanceof FileDescriptor) {
            return object;
        }
        try {
            return object instanceof FileInputStream ? ((FileInputStream) object).getFD() : null;
        } catch (IOException e) {
            return null; // it has none
        }
    }

    /** Descriptors, and what of {@code sun.nio.ch} knows its number by itself: selectors, asynchronous channels of Windows. */
    @Override
    public boolean mayOwn(Object object) {
        return object instanceof FileDescriptor || object.getClass().getName().startsWith("sun.nio.ch.");
    }

    /** Only the JDK's own classes are asked: a library may have made {@code getName} do anything. */
    @Override
    public String name(Object object) {
        Class<?> type = object.getClass();
        if (type.getClassLoader() != null) {
            return type.getName();
        }
        if (object instanceof ZipFile) {
            return "zip file ".concat(((ZipFile) object).getName());
        }
        for (Object inside : of(object)) {
            if (inside instanceof ZipFile && inside.getClass().getClassLoader() == null) {
                return "entry of zip file ".concat(((ZipFile) inside).getName());
            }
        }
        return type.getName();
    }

    @Override
    public String behind(Object object) {
        return Remembered.by(object, ofJdk(object.getClass()));
    }

    /** Apart from the class around, which every start loads: these are needed where an exception is to be explained. */
    private static final class Fields {
        /** Class and field, in the order in which the fields of a class are looked into. */
        static final String[][] ALL = {
            {"java.net.Socket", "impl"},
            {"java.net.ServerSocket", "impl"},
            {"java.net.DatagramSocket", "impl"}, // 11
            {"java.net.DatagramSocket", "delegate"},
            {"java.net.NetMulticastSocket", "impl"},
            {"java.net.DelegatingSocketImpl", "delegate"},
            {"java.net.SocketImpl", "fd"},
            {"java.net.DatagramSocketImpl", "fd"},
            {"java.net.SocketInputStream", "impl"}, // 11
            {"java.net.SocketOutputStream", "impl"}, // 11
            {"java.net.Socket$SocketInputStream", "parent"},
            {"java.net.Socket$SocketOutputStream", "parent"},
            {"sun.nio.ch.SocketAdaptor", "sc"},
            {"sun.nio.ch.ServerSocketAdaptor", "ssc"},
            {"sun.nio.ch.DatagramSocketAdaptor", "dc"},
            {"sun.nio.ch.SocketChannelImpl", "fd"},
            {"sun.nio.ch.ServerSocketChannelImpl", "fd"},
            {"sun.nio.ch.DatagramChannelImpl", "fd"},
            {"sun.nio.ch.SourceChannelImpl", "fd"},
            {"sun.nio.ch.SinkChannelImpl", "fd"},
            {"sun.nio.ch.SourceChannelImpl", "sc"}, // Windows
            {"sun.nio.ch.SinkChannelImpl", "sc"}, // Windows
            {"sun.nio.ch.FileChannelImpl", "threads"},
            {"sun.nio.ch.FileChannelImpl", "fd"},
            {"sun.nio.ch.FileLockImpl", "channel"},
            {"java.nio.channels.FileLock", "channel"},
            {"sun.nio.ch.AsynchronousSocketChannelImpl", "fd"},
            {"sun.nio.ch.AsynchronousServerSocketChannelImpl", "fd"},
            {"sun.nio.ch.AsynchronousFileChannelImpl", "fdObj"},
            {"java.util.zip.ZipFile$ZipFileInflaterInputStream", "this$0"},
            {"java.io.FileInputStream", "fd"},
            {"java.io.FileOutputStream", "fd"},
            {"java.io.RandomAccessFile", "fd"},
        };
    }
}
