/** A server that can listen, such as Fastify's. */
type Listener = { listen(address: { readonly host: string; readonly port: number }): Promise<string> };

/** Where to listen, and the names of the variables that say so. */
export type ListenAddress = {
  readonly host: string;
  readonly port: number;
  readonly variables: { readonly host: string; readonly port: string };
};

/** The errors of `listen` that another port resolves. Another host resolves all others. */
const PORT_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there; choose another port',
  EACCES: 'this user may not listen on this port; choose one from 1024',
};

/** Returns the URL of the server. Throws an error whose one line names the address, the variable and the reason. */
export async function listenOn(server: Listener, { host, port, variables }: ListenAddress): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const portFault = PORT_FAULTS[code];
    const [variable, reason] =
      portFault === undefined ? [variables.host, message] : [variables.port, `${portFault} (${code})`];
    throw new Error(`cannot listen on ${host}:${port} (${variable}): ${reason}`, { cause: error });
  }
}
