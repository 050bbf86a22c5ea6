package org.skerry.postgres.task;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.skerry.database.Databases;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.apply.Door;

/**
 * What a node's satellites need of it.
 *
 * @param together whether the store writes several documents all or none
 * @param doors how rows are written that SQL may not write, for satellites that have such
 * @param scoping how a database gets the scope rules that a mapping has
 * @param clock for times that are shown
 */
public record Surroundings(
    Databases databases,
    boolean together,
    Function<Satellite, Optional<Door>> doors,
    Scoping scoping,
    InstantSource clock) {}
