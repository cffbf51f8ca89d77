import { type Socket, connect, createServer, type Server } from 'node:net';

/**
 * The network between the members of a MySQL group: one relay for each member, to which the others connect. A member
 * logs in there by its own name, which must not be encrypted, so that the relay knows both ends of a connection.
 */
export type GroupNetwork = {
  /** The address that member `index` announces to the group. */
  address(index: number): string;
  /** Where member `index` listens. */
  setPort(index: number, port: number): void;
  /** Keeps every byte between these members and the others, as a network does whose cable is out. */
  isolate(...members: readonly number[]): void;
  /** Delivers what has been kept. */
  heal(): void;
  close(): Promise<void>;
};

/** The name by which a member logs in to the others. */
export function memberName(index: number): string {
  return `member-${index + 1}`;
}

type Link = { source: number | null; readonly target: number; deliver(): void; destroy(): void };

export async function openGroupNetwork(size: number): Promise<GroupNetwork> {
  const ports: number[] = [];
  const links = new Set<Link>();
  let isolated: readonly number[] = [];
  const isBlocked = ({ source, target }: Link) =>
    source !== null && isolated.includes(source) !== isolated.includes(target);

  const serve = async (target: number) => {
    const server = createServer((client) => {
      const link = openLink(client, connect(ports[target]!, '127.0.0.1'), target, isBlocked);
      links.add(link);
      client.on('close', () => links.delete(link));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  };
  const servers = await Promise.all(Array.from({ length: size }, (_, index) => serve(index)));
  return {
    address: (index) => `127.0.0.1:${portOf(servers[index]!)}`,
    setPort: (index, port) => void (ports[index] = port),
    isolate: (...members) => void (isolated = members),
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

const LOGIN = /member-(\d+)/;

/** Nothing is known of the source before its first bytes, which are its login. */
function openLink(client: Socket, server: Socket, target: number, isBlocked: (link: Link) => boolean): Link {
  const kept: (() => void)[] = [];
  const link: Link = {
    source: null,
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
      if (from === client && link.source === null) {
        const name = LOGIN.exec(chunk.toString('latin1'));
        if (name !== null) link.source = Number(name[1]) - 1;
      }
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
  return link;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return address.port;
}
