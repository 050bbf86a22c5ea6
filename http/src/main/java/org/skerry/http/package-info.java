/**
 * The HTTP kernel: routing, authentication, errors and streaming; it knows no API.
 */
@NullMarked
package org.skerry.http;

import org.jspecify.annotations.NullMarked;
