/**
 * Functions of design documents that clients call by name: updates. Those that make pages of
 * documents and views (show, list, rewrite) are refused; CouchDB has declared them obsolete.
 */
@NullMarked
package org.skerry.http.couch.design;

import org.jspecify.annotations.NullMarked;
