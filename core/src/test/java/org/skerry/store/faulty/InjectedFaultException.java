package org.skerry.store.faulty;

import org.skerry.store.StoreException;

/** The error that a plan wanted. */
public final class InjectedFaultException extends StoreException {
  private static final long serialVersionUID = 1L;

  InjectedFaultException(FaultPlan.Call call) {
    super("injected into " + call);
  }
}
