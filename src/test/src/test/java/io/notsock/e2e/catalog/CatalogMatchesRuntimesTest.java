package io.notsock.e2e.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every JDK target of the built-in catalog exists in the runtimes it is for, and no JDK native that closes is missed. */
class CatalogMatchesRuntimesTest {
    private static final List<String> PACKAGES =
            List.of("java/io", "java/lang", "java/net", "sun/net/sdp", "sun/nio/ch", "sun/nio/fs", "sun/tools/attach");

    /** The natives of Linux that give a number out, put something else behind it, or give it back. */
    private static final Set<String> NATIVES = Set.of(
            "java/io/FileDescriptor.close0",
            "java/io/FileCleanable.cleanupClose0",
            "java/net/AbstractPlainSocketImpl.socketClose0",
            "java/net/AbstractPlainDatagramSocketImpl.datagramSocketClose",
            "java/net/SocketCleanable.cleanupClose0",
            "sun/net/sdp/SdpSupport.create0",
            "sun/nio/ch/EPoll.create",
            "sun/nio/ch/EventFD.eventfd0",
            "sun/nio/ch/FileDispatcherImpl.close0",
            "sun/nio/ch/FileDispatcherImpl.closeIntFD",
            "sun/nio/ch/FileDispatcherImpl.dup0",
            "sun/nio/ch/FileDispatcherImpl.preClose0",
            "sun/nio/ch/UnixFileDispatcherImpl.closeIntFD",
            "sun/nio/ch/SocketDispatcher.close0",
            "sun/nio/ch/SocketDispatcher.preClose0",
            "sun/nio/ch/DatagramDispatcher.close0",
            "sun/nio/ch/DatagramDispatcher.preClose0",
            "sun/nio/ch/DatagramDispatcher.dup0",
            "sun/nio/ch/UnixDispatcher.close0",
            "sun/nio/ch/UnixDispatcher.preClose0",
            "sun/nio/ch/InheritedChannel.close0",
            "sun/nio/ch/InheritedChannel.dup",
            "sun/nio/ch/InheritedChannel.dup2",
            "sun/nio/ch/InheritedChannel.open0",
            "sun/nio/ch/IOUtil.makePipe",
            "sun/nio/ch/Net.accept",
            "sun/nio/ch/Net.socket0",
            "sun/nio/ch/ServerSocketChannelImpl.accept0",
            "sun/nio/ch/UnixAsynchronousServerSocketChannelImpl.accept0",
            "sun/nio/ch/UnixDomainSockets.accept0",
            "sun/nio/ch/UnixDomainSockets.socket0",
            "sun/nio/fs/LinuxWatchService.inotifyInit",
            "sun/nio/fs/LinuxWatchService.socketpair",
            "sun/nio/fs/UnixNativeDispatcher.close0",
            "sun/nio/fs/UnixNativeDispatcher.dup",
            "sun/nio/fs/UnixNativeDispatcher.fdopendir",
            "sun/nio/fs/UnixNativeDispatcher.open0",
            "sun/nio/fs/UnixNativeDispatcher.openat0",
            "sun/tools/attach/VirtualMachineImpl.close",
            "sun/tools/attach/VirtualMachineImpl.socket");

    /** Calls of them that need no hook, and why. */
    private static final Map<String, String> UNHOOKED = Map.of(
            "sun/nio/ch/PipeImpl -> sun/nio/ch/IOUtil.makePipe", "the channels' constructors are hooked (nio.pipe)",
            "sun/nio/ch/FileDispatcherImpl -> sun/nio/ch/FileDispatcherImpl.dup0", "only datagram channels call dup",
            "sun/nio/ch/FileDispatcherImpl -> sun/nio/ch/FileDispatcherImpl.preClose0", "all preClose are hooked");

    @ParameterizedTest(name = "JDK {0}")
    @ValueSource(ints = {11, 17, 21, 25})
    void everyTargetExists(int feature) throws IOException {
        Catalog catalog = Catalog.builtIn("linux").forRuntime(feature, "linux");
        List<String> problems = new ArrayList<>();
        int targets = 0;
        try (Runtimes.Image image = image(feature)) {
            CatalogCheck check = new CatalogCheck(image::bytes);
            for (Entry entry : catalog.entries()) {
                if (entry.targets().get(0).owner().startsWith("*.")) {
                    continue; // a library's: LibraryCatalogTest checks it against its jars
                }
                targets += entry.targets().size();
                for (String problem : check.problems(entry)) {
                    problems.add("JDK " + feature + ": " + problem);
                }
            }
        }
        assertEquals(List.of(), problems);
        assertFalse(targets < 50, "only " + targets + " targets checked");
    }

    @ParameterizedTest(name = "JDK {0}")
    @ValueSource(ints = {11, 17, 21, 25})
    void everyNativeThatOpensOrClosesIsHooked(int feature) throws IOException {
        Catalog catalog = Catalog.builtIn("linux").forRuntime(feature, "linux");
        List<String> missed = new ArrayList<>();
        int calls = 0;
        try (Runtimes.Image image = image(feature)) {
            CatalogCheck check = new CatalogCheck(image::bytes);
            for (String folder : PACKAGES) {
                for (String name : image.classesOf(folder)) {
                    for (Map.Entry<String, List<CatalogCheck.Call>> e :
                            check.shape(name).calls.entrySet()) {
                        String callee = e.getKey();
                        String plain = callee.substring(0, callee.indexOf('('));
                        if (!NATIVES.contains(plain) || UNHOOKED.containsKey(name + " -> " + plain)) {
                            continue;
                        }
                        for (CatalogCheck.Call call : e.getValue()) {
                            calls++;
                            if (!isHooked(catalog, name, call.method, callee)) {
                                missed.add("JDK " + feature + ": " + name + "." + call.method + " -> " + callee);
                            }
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), missed);
        assertFalse(calls < 25, "only " + calls + " calls checked");
    }

    private static boolean isHooked(Catalog catalog, String caller, String method, String callee) {
        String dotted = caller.replace('/', '.');
        for (Entry entry : catalog.entries()) {
            for (Target target : entry.targets()) {
                String name = target.owner().replace('.', '/') + "." + target.name() + target.descriptor();
                boolean body = target.kind() == Target.Kind.METHOD && name.equals(caller + "." + method);
                boolean site = target.kind() == Target.Kind.CALL && name.equals(callee) && target.calledIn(dotted);
                if (body || site) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Runtimes.Image image(int feature) throws IOException {
        Path home = Runtimes.homes().get(feature);
        Assumptions.assumeTrue(
                Jdks.there(home != null, "catalog not compared with Java " + feature + ": set NOTSOCK_JDK_" + feature));
        Runtimes.Image image = new Runtimes.Image(home);
        // A Windows runtime has other classes: its part of the catalog has its own test.
        if (image.bytes("sun/nio/fs/LinuxFileSystem") == null) {
            image.close();
            Assumptions.abort("not a Linux runtime: " + home);
        }
        return image;
    }
}
