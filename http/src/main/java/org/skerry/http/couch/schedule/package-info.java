/**
 * CouchDB's {@code _scheduler}: what a node's scheduled replications do, and what is to run at
 * once. {@code ScheduleRoutes} lists the endpoints; all of them are for server administrators,
 * because they show what every user replicates. No answer has a password in it.
 */
@NullMarked
package org.skerry.http.couch.schedule;

import org.jspecify.annotations.NullMarked;
