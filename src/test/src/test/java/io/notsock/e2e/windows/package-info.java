/** What holds on Windows: real Windows runtimes, on Linux run by wine (`.ci/windows-runtimes`). */
package io.notsock.e2e.windows;
