import { setTimeout as delay } from 'node:timers/promises';
import type { ProxyMode, TcpProxy } from '../../support/tcp-proxy.ts';
import type { Installation } from '../installation.ts';
import type { Random } from '../random.ts';
import type { Fault } from './fault.ts';

const allOf = ({ http, workers }: Installation) => [...http, ...workers];

/** The connections of one process, or of all of them, to one server. */
function chooseProxies(installation: Installation, random: Random): TcpProxy[] {
  const server = random.pick(['mysql', 'redis'] as const);
  const processes = random.chance(0.3) ? allOf(installation) : [random.pick(allOf(installation))];
  return processes.map((process) => process[server]);
}

function breakConnections(name: string, mode: ProxyMode, [minMs, maxMs]: [number, number]): Fault {
  return {
    name,
    subject: 'network',
    async run(installation, random) {
      const proxies = chooseProxies(installation, random);
      for (const proxy of proxies) proxy.setMode(mode);
      await delay(random.between(minMs, maxMs));
      for (const proxy of proxies) proxy.setMode('PASS');
    },
  };
}

export const NETWORK_FAULTS: readonly Fault[] = [
  breakConnections('connections are cut', 'CUT', [100, 3_000]),
  breakConnections('connections stall', 'STALL', [300, 6_000]),
  breakConnections('connections are swallowed', 'SWALLOW', [300, 6_000]),
  {
    name: 'every connection is slow',
    subject: 'network',
    async run(installation, random) {
      const proxies = allOf(installation).flatMap(({ mysql, redis }) => [mysql, redis]);
      const latencyMs = random.between(5, 60);
      for (const proxy of proxies) proxy.setLatency(latencyMs);
      await delay(random.between(2_000, 6_000));
      for (const proxy of proxies) proxy.setLatency(0);
    },
  },
  {
    name: 'the connection is cut at a commit',
    subject: 'network',
    run: async ({ http }, random) => atCommit(random.pick(http).mysql, 'CUT', random),
  },
  {
    name: 'a process vanishes in its commit, without a FIN',
    subject: 'network',
    async run({ http }, random) {
      const process = random.pick(http);
      await atCommit(process.mysql, 'SWALLOW', random, () => process.kill('SIGKILL'));
    },
  },
];

const COMMIT_WITHIN_MS = 5_000;

async function atCommit(proxy: TcpProxy, mode: ProxyMode, random: Random, then = () => {}): Promise<void> {
  const isSet = await Promise.race([
    proxy.setModeOn('commit', mode).then(() => true),
    delay(COMMIT_WITHIN_MS, false),
  ]);
  if (isSet) then();
  await delay(random.between(100, 2_000));
  proxy.setMode('PASS');
}
