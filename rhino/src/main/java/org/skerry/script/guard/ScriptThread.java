package org.skerry.script.guard;

/**
 * A thread that may run scripts. The engine's own loops report here ({@link LoopGuard}), so that
 * what takes long without running any of the script's instructions is ended, too.
 */
public final class ScriptThread extends Thread {
  /** Turns of loops between two checks: about as much work as between those of instructions. */
  private static final int TURNS = 4_096;

  private static final Runnable NOTHING = () -> {};

  private Runnable check = NOTHING;
  private int turns = TURNS;

  /**
   * A daemon.
   *
   * @param stack its size in bytes
   */
  public ScriptThread(Runnable work, String name, long stack) {
    super(null, work, name, stack);
    setDaemon(true);
    // The engine finds its parts by its thread's loader.
    setContextClassLoader(ScriptThread.class.getClassLoader());
  }

  /** From now on asks this, on this thread, whether to go on; it throws to end what runs. */
  public static void checkedBy(Runnable check) {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.check = check;
      thread.turns = TURNS;
    }
  }

  /** From now on asks nobody. */
  public static void unchecked() {
    checkedBy(NOTHING);
  }

  /** Called at every turn of every loop of the engine. */
  public static void turn() {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.countTurn();
    }
  }

  private void countTurn() {
    turns--;
    if (turns < 0) {
      turns = TURNS;
      check.run();
    }
  }
}
