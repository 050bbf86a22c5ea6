/**
 * The client {@code fhir}: resources of a FHIR R4 server. {@code If-Match} and {@code
 * If-None-Match} keep versions apart; where a wrapper may lose such headers, the partner's version
 * is looked at before anything is sent. Without feeds, histories of types tell what changed.
 */
@NullMarked
package org.skerry.exchange.client.fhir;

import org.jspecify.annotations.NullMarked;
