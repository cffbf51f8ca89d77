// Loaded by `node --import` before a process starts: its clock differs from the machine's by CLOCK_SKEW_MS.
const skewMs = Number(process.env['CLOCK_SKEW_MS'] ?? 0);

if (skewMs !== 0) {
  const MachineDate = Date;
  class SkewedDate extends MachineDate {
    constructor(...parts: unknown[]) {
      super(...((parts.length === 0 ? [MachineDate.now() + skewMs] : parts) as []));
    }
    static override now(): number {
      return MachineDate.now() + skewMs;
    }
  }
  globalThis.Date = SkewedDate as DateConstructor;
}
