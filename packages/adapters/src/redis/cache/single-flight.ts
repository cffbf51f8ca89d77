/** Of concurrent runs of the same entry one does the work; the others get its outcome. */
export type SingleFlight = {
  run<T>(group: string, entry: string, work: () => Promise<T>): Promise<T>;
  /** Whoever comes from now on does not share what is under way for the group. */
  forget(group: string): void;
};

export function createSingleFlight(): SingleFlight {
  const groups = new Map<string, Map<string, Promise<unknown>>>();
  return {
    run<T>(group: string, entry: string, work: () => Promise<T>) {
      const flights = groups.get(group) ?? new Map<string, Promise<unknown>>();
      const underWay = flights.get(entry);
      if (underWay !== undefined) return underWay as Promise<T>;
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
