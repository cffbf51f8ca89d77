import { readFileSync } from 'node:fs';

/** CPU time, in microseconds. Throws where the process is not one of this machine, as in a container. */
export function cpuMicrosOf(pid: number | undefined): number {
  if (pid === undefined) throw new Error('the CPU time cannot be read: the process runs in a container');
  const { userTicks, systemTicks } = ticksOf(pid);
  return (userTicks + systemTicks) * TICK_MICROS;
}

/** CPU time of those children of this process that have ended, in microseconds. */
export function cpuMicrosOfEndedChildren(): number {
  const { childrenUserTicks, childrenSystemTicks } = ticksOf('self');
  return (childrenUserTicks + childrenSystemTicks) * TICK_MICROS;
}

/** Kernels count in ticks of 10 ms: proc_pid_stat(5), fields 14 to 17. */
const TICK_MICROS = 10_000;

function ticksOf(pid: number | 'self') {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1] ?? '';
  const [userTicks = 0, systemTicks = 0, childrenUserTicks = 0, childrenSystemTicks = 0] = afterName
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { userTicks, systemTicks, childrenUserTicks, childrenSystemTicks };
}
