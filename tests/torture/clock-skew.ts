// Loaded by `node --import` before a process starts: its clock differs from the machine's by CLOCK_SKEW_MS. While the
// process runs, signals step its clock; close-with-grace ends a process at SIGUSR2, so that is none of them.
const STEP_MS = 600_000;

let skewMs = Number(process.env['CLOCK_SKEW_MS'] ?? 0);
process.on('SIGALRM', () => (skewMs = STEP_MS));
process.on('SIGURG', () => (skewMs = -STEP_MS));
process.on('SIGWINCH', () => (skewMs = 0));

const MachineDate = Date;
class SkewedDate extends MachineDate {
  constructor(...parts: unknown[]) {
    super(...((parts.length === 0 ? [SkewedDate.now()] : parts) as []));
  }
  static override now(): number {
    return MachineDate.now() + skewMs;
  }
}
globalThis.Date = SkewedDate as DateConstructor;
