/**
 * Scope rules: what puts a document into the subsets of sites, from its content alone.
 *
 * <p>{@link org.skerry.scope.ScopeRules} is a database's list of rules, compiled from JSON by
 * {@code ScopeReader}, which refuses what it does not understand and says where it stands. Each
 * {@link org.skerry.scope.ScopeRule} says which documents it is for and which labels they get: a
 * place named by a member, another document named by a member (FHIR's compartments: an observation
 * goes where its patient goes), or everyone. All rules that fit a document count together.
 *
 * <p>Values without I/O; who stands behind a label is the business of {@code org.skerry.subset}.
 */
@NullMarked
package org.skerry.scope;

import org.jspecify.annotations.NullMarked;
