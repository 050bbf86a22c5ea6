/**
 * How JSON is read where it is not a document: by Jackson, made so that nobody can have it remember
 * what they please.
 *
 * <p>Jackson keeps the names of the members that it has read, for as long as its factory lives: up
 * to thousands of them, each as long as a request allows. {@link org.skerry.json.JsonIn} gives
 * factories and mappers that forget, and all of Skerry's are made there.
 */
@NullMarked
package org.skerry.json;

import org.jspecify.annotations.NullMarked;
