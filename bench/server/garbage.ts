import { GCProfiler, getHeapStatistics } from 'node:v8';

/** What the process has allocated on its heap so far, and how long it was held up by the collector. */
export type Garbage = { readonly allocatedBytes: number; readonly gcMicros: number };

/** Watches every collection from now on: what the heap grew by between two of them was allocated. */
export function watchGarbage(): () => Garbage {
  let [allocatedBytes, gcMicros, usedBytes] = [0, 0, getHeapStatistics().used_heap_size];
  let profiler = new GCProfiler();
  profiler.start();
  return () => {
    for (const { cost, beforeGC, afterGC } of profiler.stop()?.statistics ?? []) {
      allocatedBytes += Math.max(0, beforeGC.heapStatistics.usedHeapSize - usedBytes);
      usedBytes = afterGC.heapStatistics.usedHeapSize;
      gcMicros += cost;
    }
    const now = getHeapStatistics().used_heap_size;
    allocatedBytes += Math.max(0, now - usedBytes);
    usedBytes = now;
    // A stopped one does not start again.
    profiler = new GCProfiler();
    profiler.start();
    return { allocatedBytes, gcMicros };
  };
}
