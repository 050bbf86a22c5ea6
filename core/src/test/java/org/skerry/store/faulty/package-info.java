/**
 * A store whose disk and process fail: by plan, or by chance from a seed.
 *
 * <p>{@link org.skerry.store.faulty.FaultyStore} stands in front of any store, usually one in
 * memory that plays the disk. A {@link org.skerry.store.faulty.FaultPlan} decides for every call
 * whether it fails, loses its answer, is late, or takes the process down. What was acknowledged
 * survives a crash; of what was not, an arbitrary part does, because bytes may reach the disk
 * without their writer ever hearing of it. Nothing here reads a clock, and all chance comes from
 * one source of randomness, so one seed is one story.
 */
@NullMarked
package org.skerry.store.faulty;

import org.jspecify.annotations.NullMarked;
