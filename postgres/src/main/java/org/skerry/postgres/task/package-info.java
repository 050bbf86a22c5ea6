/**
 * What runs for each satellite, when, and how it fares: counters, lag, the last error; on the
 * command line and through the API.
 */
@NullMarked
package org.skerry.postgres.task;

import org.jspecify.annotations.NullMarked;
