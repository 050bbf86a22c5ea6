/**
 * What an administrator does to keep a database in order, and what followers ask because of it.
 * {@link org.skerry.http.couch.upkeep.UpkeepRoutes} lists the endpoints, a class each.
 */
@NullMarked
package org.skerry.http.couch.upkeep;

import org.jspecify.annotations.NullMarked;
