/** From finding to alert: the bounded queue out of the application's threads, the grace periods, and the composition. */
package io.notsock.pipeline;
