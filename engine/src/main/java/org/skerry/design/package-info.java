/**
 * What design documents do to others: validate what is written, filter what is read, make updates.
 *
 * <p>{@link org.skerry.design.Designs} (one a node) finds the functions of a database's design
 * documents and keeps them compiled, by revision. {@link org.skerry.design.Validation} is the guard
 * that asks every {@code validate_doc_update}, and looks at design documents themselves before they
 * are written. {@link org.skerry.design.FunctionFilter} and {@link org.skerry.design.ViewFilter}
 * are filters of a feed.
 */
@NullMarked
package org.skerry.design;

import org.jspecify.annotations.NullMarked;
