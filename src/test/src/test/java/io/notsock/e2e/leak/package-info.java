/** What nobody closes is found, what is meant to stay open is not, and nothing keeps an owner from being collected. */
package io.notsock.e2e.leak;
