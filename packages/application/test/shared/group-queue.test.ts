import { Unavailable } from '../../src/ports/shared/unavailable.ts';
import { describe, expect, it, vi } from 'vitest';
import { type GroupWork, createGroupQueue } from '../../src/shared/group-queue.ts';

type Request = { readonly name: string; readonly resources: readonly string[] };
type Run = {
  readonly kind: 'SCREEN' | 'TOGETHER' | 'ALONE';
  readonly names: readonly string[];
  /** Answers each request with its name, or leaves the named ones undecided. */
  end(undecided?: readonly string[]): void;
  fail(error: Error): void;
};

/** Beyond the time in which the requests gather. */
const PATIENCE_MS = 60_000;

const settled = () => new Promise(setImmediate);

/** A queue whose runs end on request. */
function createQueue({
  groupMax = 64,
  waitMaxMs = 60_000,
  screens = false,
  screenGapMs = 0,
  firstAloneMaxMs = PATIENCE_MS,
} = {}) {
  const runs: Run[] = [];
  function run(kind: Run['kind'], requests: readonly Request[]): Promise<readonly (string | null)[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly (string | null)[]>();
    runs.push({
      kind,
      names: requests.map(({ name }) => name),
      end: (undecided = []) => resolve(requests.map(({ name }) => (undecided.includes(name) ? null : name))),
      fail: reject,
    });
    return promise;
  }
  const work: GroupWork<Request, string> = {
    resourcesOf: ({ resources }) => resources,
    ...(screens ? { screen: (_, requests) => run('SCREEN', requests) } : {}),
    runTogether: (_, requests) => run('TOGETHER', requests),
    runAlone: async (_, request) => (await run('ALONE', [request]))[0] ?? 'undecided',
  };
  const add = createGroupQueue(work, { groupMax, waitMaxMs, screenGapMs, firstAloneMaxMs });
  return {
    add: (name: string, ...resources: string[]) => add('key', { name, resources }),
    addTo: (key: string, name: string) => add(key, { name, resources: [] }),
    /** The runs that have begun since the last call. */
    async begun(): Promise<readonly Run[]> {
      await settled();
      await settled();
      return runs.splice(0);
    },
    async next(): Promise<Run> {
      const [first, ...others] = await this.begun();
      expect(others).toEqual([]);
      return first!;
    },
  };
}

const named = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);

describe('a group queue', () => {
  it('runs the first request at once, and those that arrive meanwhile as the next group', async () => {
    const queue = createQueue();
    const first = queue.add('first');
    const run = await queue.next();
    expect(run).toMatchObject({ kind: 'TOGETHER', names: ['first'] });
    const others = ['a', 'b', 'c'].map((name) => queue.add(name));
    expect(await queue.begun()).toEqual([]);
    run.end();
    expect(await first).toBe('first');
    const group = await queue.next();
    expect(group.names).toEqual(['a', 'b', 'c']);
    group.end();
    expect(await Promise.all(others)).toEqual(['a', 'b', 'c']);
  });

  it('takes at most the given number, in the order of arrival', async () => {
    const queue = createQueue({ groupMax: 2 });
    const answers = named(5).map((name) => queue.add(name));
    for (const names of [['r0', 'r1'], ['r2', 'r3'], ['r4']]) {
      const run = await queue.next();
      expect(run.names).toEqual(names);
      run.end();
    }
    expect(await Promise.all(answers)).toEqual(named(5));
  });

  it('serves keys independently', async () => {
    const queue = createQueue();
    void queue.addTo('one', 'a');
    void queue.addTo('other', 'b');
    expect((await queue.begun()).map(({ names }) => names)).toEqual([['a'], ['b']]);
  });

  it('lets nobody overtake an earlier request for the same resource', async () => {
    const queue = createQueue();
    const requests = [
      queue.add('first', 'seat 1'),
      queue.add('both', 'seat 1', 'seat 2'),
      queue.add('later', 'seat 2'),
      queue.add('other', 'seat 3'),
    ];
    for (const names of [['first', 'other'], ['both'], ['later']]) {
      const run = await queue.next();
      expect(run.names).toEqual(names);
      run.end();
    }
    expect(await Promise.all(requests)).toEqual(['first', 'both', 'later', 'other']);
  });

  it('runs every request of a failed group alone, and gives none the error of another', async () => {
    const queue = createQueue();
    const [good, bad] = [queue.add('good'), queue.add('bad')];
    (await queue.next()).fail(new Error('of the group'));
    const alone = await queue.begun();
    expect(alone.map(({ kind, names }) => [kind, ...names])).toEqual([
      ['ALONE', 'good'],
      ['ALONE', 'bad'],
    ]);
    alone[1]!.fail(new Error('of the bad one'));
    alone[0]!.end();
    expect(await good).toBe('good');
    await expect(bad).rejects.toThrow('of the bad one');
  });

  it('continues with other requests while one runs alone, and keeps those for its resources waiting', async () => {
    const queue = createQueue();
    const [stuck, fine] = [queue.add('stuck', 'seat 1'), queue.add('fine', 'seat 2')];
    (await queue.next()).end(['stuck']);
    expect(await fine).toBe('fine');
    const alone = await queue.next();
    expect(alone).toMatchObject({ kind: 'ALONE', names: ['stuck'] });
    const behind = queue.add('behind', 'seat 1');
    const other = queue.add('other', 'seat 2');
    const group = await queue.next();
    expect(group.names).toEqual(['other']);
    group.end();
    expect(await other).toBe('other');
    alone.end();
    expect(await stuck).toBe('stuck');
    (await queue.next()).end();
    expect(await behind).toBe('behind');
  });

  it('screens requests that wait with others once, and again after a change of their resources', async () => {
    const queue = createQueue({ groupMax: 1, screens: true });
    const requests = [queue.add('a', 'seat 1'), queue.add('b', 'seat 1'), queue.add('c', 'seat 2')];
    const screening = await queue.next();
    expect(screening).toMatchObject({ kind: 'SCREEN', names: ['a', 'b', 'c'] });
    screening.end(['a', 'b', 'c']);
    (await queue.next()).end();
    const again = await queue.next();
    expect(again).toMatchObject({ kind: 'SCREEN', names: ['b'] });
    again.end();
    const last = await queue.next();
    expect(last).toMatchObject({ kind: 'TOGETHER', names: ['c'] });
    last.end();
    expect(await Promise.all(requests)).toEqual(['a', 'b', 'c']);
  });

  it('screens a single request too when it arrives soon after a screening that answered all', async () => {
    const queue = createQueue({ screens: true, screenGapMs: 1_000 });
    const crowd = [queue.add('a', 'seat'), queue.add('b', 'seat')];
    (await queue.next()).end();
    expect(await Promise.all(crowd)).toEqual(['a', 'b']);
    const next = queue.add('next', 'seat');
    const again = await vi.waitFor(async () => {
      const [run] = await queue.begun();
      expect(run).toBeDefined();
      return run!;
    }, PATIENCE_MS);
    expect(again).toMatchObject({ kind: 'SCREEN', names: ['next'] });
    again.end();
    expect(await next).toBe('next');
  });

  it('screens what its group left undecided after the first of it has run alone', async () => {
    const queue = createQueue({ screens: true });
    const names = ['a', 'b', 'c'];
    const requests = names.map((name) => queue.add(name, name));
    (await queue.next()).end(names);
    (await queue.next()).end(names);
    const first = await queue.next();
    expect(first).toMatchObject({ kind: 'ALONE', names: ['a'] });
    const behind = queue.add('behind', 'b');
    (await queue.next()).end(['behind']);
    first.end();
    const again = await queue.next();
    expect(again).toMatchObject({ kind: 'SCREEN', names: ['b', 'c'] });
    again.end(['c']);
    expect(await Promise.all(requests.slice(0, 2))).toEqual(['a', 'b']);
    const runs = await queue.begun();
    expect(runs).toMatchObject([
      { kind: 'ALONE', names: ['c'] },
      { kind: 'SCREEN', names: ['behind'] },
    ]);
    for (const run of runs) run.end();
    expect(await Promise.all([requests[2], behind])).toEqual(['c', 'behind']);
  });

  it('lets what its group left undecided wait no longer than a moment for the first', async () => {
    const queue = createQueue({ screens: true, firstAloneMaxMs: 1 });
    const requests = ['stuck', 'other'].map((name) => queue.add(name, name));
    (await queue.next()).end(['stuck', 'other']);
    (await queue.next()).end(['stuck', 'other']);
    const stuck = await queue.next();
    const again = await vi.waitFor(async () => {
      const [run] = await queue.begun();
      expect(run).toBeDefined();
      return run!;
    }, PATIENCE_MS);
    expect(again).toMatchObject({ kind: 'SCREEN', names: ['other'] });
    again.end();
    expect(await requests[1]).toBe('other');
    stuck.end();
    expect(await requests[0]).toBe('stuck');
  });

  it('fails the requests of a failed screening, and serves the next', async () => {
    const queue = createQueue({ screens: true });
    const requests = [queue.add('a'), queue.add('b')];
    (await queue.next()).fail(new Error('on purpose'));
    for (const request of requests) await expect(request).rejects.toThrow('on purpose');
    const next = queue.add('next');
    (await queue.next()).end();
    expect(await next).toBe('next');
  });

  it('refuses requests that have waited too long', async () => {
    const queue = createQueue({ waitMaxMs: 5 });
    const first = queue.add('first', 'seat');
    const run = await queue.next();
    const late = queue.add('late', 'seat');
    await new Promise((resolve) => setTimeout(resolve, 10));
    run.end();
    expect(await first).toBe('first');
    await expect(late).rejects.toBeInstanceOf(Unavailable);
  });
});
