/**
 * What a server administrator asks of the node itself: its configuration under {@code
 * /_node/{node}/_config}, and who did what under {@code /_node/{node}/_audit}.
 *
 * <p>{@link org.skerry.http.couch.admin.AdminRoutes} says which endpoint answers what. What must
 * not be shown stands as {@code ****} in every answer.
 */
@NullMarked
package org.skerry.http.couch.admin;

import org.jspecify.annotations.NullMarked;
