/** The texts of a filter form, as the query of an address has them; empty for none. */
export type AddressFilter<Name extends string> = Readonly<Record<Name, string>>;

/** Reads the named texts from the query of an address. */
export function readFilter<Name extends string>(
  names: readonly Name[],
  query: Readonly<Record<string, string | undefined>>,
): AddressFilter<Name> {
  return Object.fromEntries(names.map((name) => [name, query[name] ?? ''])) as AddressFilter<Name>;
}

/** A page with a filter in its address, so that it can be reloaded and sent to a colleague. */
export function filteredHref(path: string, filter: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, text]) => text !== '')).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The filters that are set: an operation of the API takes no empty ones. */
export function withoutEmpty<Name extends string>(filter: AddressFilter<Name>): Partial<AddressFilter<Name>> {
  return Object.fromEntries(Object.entries(filter).filter(([, text]) => text !== '')) as Partial<
    AddressFilter<Name>
  >;
}

/** The text where it is an instant, else nothing. */
export function instantOrNone(text: string): string {
  return Number.isNaN(Date.parse(text)) ? '' : text;
}
