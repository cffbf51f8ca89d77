import { GCProfiler, getHeapStatistics } from 'node:v8';

/** Bytes allocated on the heap and time paused by the garbage collector since `trackHeapUsage` was called. */
export type HeapUsage = { readonly allocatedBytes: number; readonly gcMicros: number };

/** Counts the growth of the heap between garbage collections as allocation. Returns the function that reads the totals. */
export function trackHeapUsage(): () => HeapUsage {
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
    // A stopped profiler cannot be restarted.
    profiler = new GCProfiler();
    profiler.start();
    return { allocatedBytes, gcMicros };
  };
}
