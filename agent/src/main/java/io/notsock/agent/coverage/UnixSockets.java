package io.notsock.agent.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Which unix-domain sockets the kernel knows ({@code /proc/self/net/unix}, proc(5)): inode to path. */
final class UnixSockets {
    private final Map<String, String> pathByInode = new HashMap<>();

    static UnixSockets read() {
        UnixSockets sockets = new UnixSockets();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/net/unix"))) {
                // Num RefCount Protocol Flags Type St Inode Path
                String[] fields = line.trim().split("\\s+", 8);
                if (fields.length >= 7) {
                    sockets.pathByInode.put(fields[6], fields.length > 7 ? fields[7] : "");
                }
            }
        } catch (IOException e) {
            return sockets; // not readable: then no socket is recognised
        }
        return sockets;
    }

    /** Whether this link of {@code /proc/self/fd} is a unix-domain socket without a name. */
    boolean isUnnamed(String link) {
        return "".equals(pathByInode.get(inode(link)));
    }

    /** The socket through which HotSpot takes attach requests. */
    boolean isAttachListener(String link) {
        String path = pathByInode.get(inode(link));
        return path != null && path.contains(".java_pid");
    }

    private static String inode(String link) {
        return link.startsWith("socket:[") ? link.substring(8, link.length() - 1) : "";
    }
}
