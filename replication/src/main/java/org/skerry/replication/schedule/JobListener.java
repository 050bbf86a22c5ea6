package org.skerry.replication.schedule;

/** Is told what became of jobs, outside of all locks and in the thread that ended. */
interface JobListener {
  /** Nobody wants to know. */
  JobListener NOBODY =
      new JobListener() {
        @Override
        public void completed(JobStatus job) {}

        @Override
        public void freed(String base) {}
      };

  /** A job did all there was to do, and is none any more. */
  void completed(JobStatus job);

  /** A replication that no document asked for ended, so a document may ask for it now. */
  void freed(String base);
}
