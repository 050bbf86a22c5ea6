/**
 * Subscriptions with rest-hooks (http://hl7.org/fhir/R4/subscription.html): others are told of
 * resources that are written and meet criteria.
 *
 * <p>A {@code Subscription} is a resource like any other; a node runs those that were written
 * through its own FHIR server, since all replicas have the document and one is to send. {@link
 * org.skerry.fhir.subscription.Subscriptions} takes a requested one over: it reads it ({@code
 * Definition}), makes it {@code active} or says in {@code error} what is wrong, and gives it a
 * {@code Runner}. That follows the database's feed, asks the search index which of the changed
 * resources meet the criteria, sends ({@code Hook}), and notes its position in a {@code _local}
 * document: after a break or a restart it goes on there, and at most repeats.
 *
 * <p>Where may be sent to is an administrator's to say ({@code Endpoints}): a node stands where its
 * users do not, and must not be made to call its neighbours. A subscription runs in the name of who
 * wrote it: who is no member any more is told nothing.
 */
@NullMarked
package org.skerry.fhir.subscription;

import org.jspecify.annotations.NullMarked;
