type Method = (...args: never[]) => Promise<unknown>;

/** What to do before each method of a port that answers a promise: every one, so that a new method says where it belongs. */
export type Aims<Port> = {
  readonly [Name in keyof Port as Port[Name] extends Method ? Name : never]: Port[Name] extends (
    ...args: infer Args
  ) => Promise<unknown>
    ? (...args: Args) => Promise<void>
    : never;
};

/** The port, whose methods first aim their session. */
export function routed<Port extends object>(port: Port, aims: Aims<Port>): Port {
  const methods = Object.entries(port).map(([name, method]) => {
    const aim = (aims as Record<string, ((...args: unknown[]) => Promise<void>) | undefined>)[name];
    if (aim === undefined) return [name, method];
    return [
      name,
      async (...args: unknown[]) => {
        await aim(...args);
        return (method as (...args: unknown[]) => unknown)(...args);
      },
    ];
  });
  return Object.fromEntries(methods) as Port;
}
