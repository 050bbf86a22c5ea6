/**
 * CouchDB's API for one document, its attachments and its local kin, and {@code _bulk_get}: one
 * class an endpoint.
 *
 * <p>{@link org.skerry.http.couch.document.DocumentRoutes} lists them. Reading goes through {@link
 * org.skerry.http.couch.document.DocumentReading} and {@link
 * org.skerry.http.couch.document.ReadOptions}, writing through {@link
 * org.skerry.http.couch.document.DocumentWriting}. Bytes of attachments are streamed both ways;
 * only what a client asks for as base64, or sends so, is held in memory.
 *
 * <p>Source of statuses and texts: CouchDB 3.5, API reference, "Documents" and "Attachments".
 */
@NullMarked
package org.skerry.http.couch.document;

import org.jspecify.annotations.NullMarked;
