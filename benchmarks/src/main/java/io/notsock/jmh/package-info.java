/** What an open and a close cost: through the packaged agent and without it, and in the tracker alone. */
package io.notsock.jmh;
