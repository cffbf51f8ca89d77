/** Runs the work once for concurrent calls with the same entry, which all get its outcome. */
export type SingleFlight = {
  run<T>(group: string, entry: string, work: () => Promise<T>): Promise<T>;
  /** Later calls do not join the group's present work. */
  forget(group: string): void;
};

export function createSingleFlight(): SingleFlight {
  const groups = new Map<string, Map<string, Promise<unknown>>>();
  return {
    run<T>(group: string, entry: string, work: () => Promise<T>) {
      const flights = groups.get(group) ?? new Map<string, Promise<unknown>>();
      const running = flights.get(entry);
      if (running !== undefined) return running as Promise<T>;
      const flight = work().finally(() => {
        flights.delete(entry);
        if (flights.size === 0 && groups.get(group) === flights) groups.delete(group);
      });
      groups.set(group, flights.set(entry, flight));
      return flight;
    },
    forget: (group) => void groups.delete(group),
  };
}
