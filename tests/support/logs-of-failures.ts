// A setup file of vitest: a failed test prints the logs of the processes that ran during it.
import { afterEach } from 'vitest';
import { printLogs } from './print-logs.ts';
import { forgetEnded } from './processes.ts';

afterEach(({ task }) => {
  if (task.result?.state === 'fail') printLogs();
  forgetEnded();
});
