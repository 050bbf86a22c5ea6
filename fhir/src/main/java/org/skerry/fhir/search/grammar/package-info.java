/**
 * What is written within one value of a query: the words that {@code _text} and {@code _content}
 * look for, and the expressions of {@code _filter}.
 *
 * <p>{@link org.skerry.fhir.search.grammar.TextQueryReader} makes a {@link
 * org.skerry.fhir.search.grammar.TextQuery}, {@link org.skerry.fhir.search.grammar.FilterReader} a
 * {@link org.skerry.fhir.search.grammar.Filter}; both know nothing of parameters and resources.
 * What cannot be read is a {@link org.skerry.fhir.search.grammar.GrammarException} that says where.
 */
@NullMarked
package org.skerry.fhir.search.grammar;

import org.jspecify.annotations.NullMarked;
