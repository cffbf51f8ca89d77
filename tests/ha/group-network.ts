import { type Socket, connect, createServer, type Server } from 'node:net';
import type { PrivateServer } from '../support/services/service.ts';
import { findOwner } from './connection-owner.ts';

/**
 * The network between the members of a MySQL group: one relay for each member, to which the others connect. It passes on
 * their TLS, so it knows a member that connects by its process.
 */
export type GroupNetwork = {
  /** The address that member `index` announces to the group. */
  address(index: number): string;
  /** Which server member `index` is. */
  setServer(index: number, server: PrivateServer): void;
  /** Keeps every byte between these members and the others, as a network does whose cable is out. */
  isolate(...members: readonly number[]): void;
  /** Delivers what has been kept. */
  heal(): void;
  close(): Promise<void>;
};

/** A connection from one member to another. */
type Link = { readonly source: number; readonly target: number; deliver(): void; destroy(): void };

export async function openGroupNetwork(size: number): Promise<GroupNetwork> {
  if (process.platform !== 'linux') throw new Error('the network of a group needs /proc, so it needs Linux');
  const members: PrivateServer[] = [];
  const links = new Set<Link>();
  let isolated: readonly number[] = [];
  const isBlocked = ({ source, target }: Link) => isolated.includes(source) !== isolated.includes(target);

  async function accept(client: Socket, target: number): Promise<void> {
    client.on('error', () => undefined);
    const source = await findMember(client, members);
    if (source === null) return void client.destroy();
    const link = openLink(client, connect(members[target]!.port, '127.0.0.1'), { source, target, isBlocked });
    links.add(link);
    client.on('close', () => links.delete(link));
  }
  const serve = async (target: number) => {
    const server = createServer({ pauseOnConnect: true }, (client) => void accept(client, target));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  };
  const servers = await Promise.all(Array.from({ length: size }, (_, index) => serve(index)));
  return {
    address: (index) => `127.0.0.1:${portOf(servers[index]!)}`,
    setServer: (index, server) => void (members[index] = server),
    isolate: (...cutOff) => void (isolated = cutOff),
    heal() {
      isolated = [];
      for (const link of links) link.deliver();
    },
    async close() {
      for (const link of links) link.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Which member has opened the connection; null if it is closed already. */
async function findMember(client: Socket, members: readonly PrivateServer[]): Promise<number | null> {
  const pids = members.flatMap(({ pid }) => pid ?? []);
  const owner = await findOwner({ local: client.remotePort!, remote: client.localPort! }, pids);
  return owner === null ? null : members.findIndex(({ pid }) => pid === owner);
}

type Way = Pick<Link, 'source' | 'target'> & { readonly isBlocked: (link: Link) => boolean };

function openLink(client: Socket, server: Socket, { source, target, isBlocked }: Way): Link {
  const kept: (() => void)[] = [];
  const link: Link = {
    source,
    target,
    deliver() {
      while (kept.length > 0 && !isBlocked(link)) kept.shift()!();
    },
    destroy() {
      client.destroy();
      server.destroy();
    },
  };
  const forward = (from: Socket, to: Socket) => {
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('data', (chunk: Buffer) => {
      kept.push(() => to.write(chunk));
      link.deliver();
    });
    from.on('close', () => {
      kept.push(() => to.end());
      link.deliver();
    });
  };
  forward(client, server);
  forward(server, client);
  client.resume();
  return link;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return address.port;
}
