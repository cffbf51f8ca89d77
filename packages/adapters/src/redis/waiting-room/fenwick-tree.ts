/** Marks on the numbers from 1 up, and how many marks there are up to a number; both in logarithmic time. */
export type FenwickTree = {
  has(index: number): boolean;
  mark(index: number): void;
  countUpTo(index: number): number;
  /** The number of which `nth - 1` smaller ones have no mark either. */
  nthUnmarked(nth: number): number;
};

const CAPACITY_START = 1_024;

/** A binary indexed tree that grows (P. M. Fenwick, "A new data structure for cumulative frequency tables", 1994). */
export function createFenwickTree(): FenwickTree {
  let capacity = 0;
  let tree = new Int32Array(1);
  let marks = new Uint8Array(1);
  let total = 0;

  /** The capacity stays a power of two, so that of the new nodes only those that span all the old ones are not 0. */
  function growTo(index: number): void {
    let grown = Math.max(capacity, CAPACITY_START);
    while (grown < index) grown *= 2;
    if (grown === capacity) return;
    const [oldTree, oldMarks] = [tree, marks];
    tree = new Int32Array(grown + 1);
    marks = new Uint8Array(grown + 1);
    tree.set(oldTree);
    marks.set(oldMarks);
    if (capacity > 0) for (let node = capacity * 2; node <= grown; node *= 2) tree[node] = total;
    capacity = grown;
  }

  return {
    has: (index) => marks[index] === 1,
    mark(index) {
      growTo(index);
      if (marks[index] === 1) return;
      marks[index] = 1;
      total += 1;
      for (let node = index; node <= capacity; node += node & -node) tree[node]! += 1;
    },
    countUpTo(index) {
      if (index >= capacity) return total;
      let count = 0;
      for (let node = index; node > 0; node -= node & -node) count += tree[node]!;
      return count;
    },
    nthUnmarked(nth) {
      let [index, unmarked] = [0, nth];
      for (let step = capacity; step > 0; step >>>= 1) {
        const node = index + step;
        if (node > capacity || step - tree[node]! >= unmarked) continue;
        index = node;
        unmarked -= step - tree[node]!;
      }
      // Beyond the capacity nothing is marked.
      return index + unmarked;
    },
  };
}
