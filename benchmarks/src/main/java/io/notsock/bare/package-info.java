/** What several benchmarks measure: the tracker by itself. */
package io.notsock.bare;
