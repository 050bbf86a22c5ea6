package org.skerry.store.faulty;

import java.util.random.RandomGenerator;

/** Decides what goes wrong. Asked once for every call, one call at a time. */
@FunctionalInterface
public interface FaultPlan {
  /** What happens to this call. */
  Fault fault(Call call);

  /** Kinds of calls, as coarse as plans need them. */
  enum Operation {
    /** Databases created, found, dropped, listed. */
    DATABASES,
    COMMIT,
    PURGE,
    /** Documents, revisions and counters that are read; scans. */
    READ,
    CHANGES,
    LOCAL_READ,
    LOCAL_WRITE,
    /** Properties and limits. */
    SETTINGS,
    /** An upload's begin, write or finish. */
    UPLOAD,
    /** An attachment that is opened or pinned. */
    BLOB_READ,
    COMPACT
  }

  /**
   * One call.
   *
   * @param database its database; empty for the store itself
   * @param number how many calls of this operation there were, this one included, crashes or not
   */
  record Call(Operation operation, String database, long number) {}

  /** A world without faults. */
  static FaultPlan none() {
    return call -> Fault.NONE;
  }

  /** One fault, when an operation is called for the nth time (from 1). */
  static FaultPlan at(Operation operation, long number, Fault fault) {
    return call -> call.operation() == operation && call.number() == number ? fault : Fault.NONE;
  }

  /**
   * Faults by chance.
   *
   * @param random used one call at a time
   * @param faults how probable an error, a lost answer or a delay is, 0 to 1
   * @param crashes how probable a crash is, 0 to 1
   */
  static FaultPlan seeded(RandomGenerator random, double faults, double crashes) {
    Fault[] mild = {Fault.ERROR, Fault.LOST_ANSWER, Fault.DELAY};
    return call -> {
      double drawn = random.nextDouble();
      if (drawn < crashes) {
        return Fault.CRASH;
      }
      return drawn < crashes + faults ? mild[random.nextInt(mild.length)] : Fault.NONE;
    };
  }

  /** This plan's faults, and where it has none, the other's. */
  default FaultPlan and(FaultPlan other) {
    return call -> {
      Fault fault = fault(call);
      return fault == Fault.NONE ? other.fault(call) : fault;
    };
  }
}
