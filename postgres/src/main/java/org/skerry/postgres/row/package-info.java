/**
 * A row as a document, and back. PostgreSQL's own texts are what is read and written on its side,
 * so that no digit is lost; on the other side are JSON's values. The same row always gives the same
 * bytes, from which its revision is named.
 */
@NullMarked
package org.skerry.postgres.row;

import org.jspecify.annotations.NullMarked;
