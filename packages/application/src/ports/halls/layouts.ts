import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';

/** The version of a layout that a date has or had. It never changes. */
export type EventLayout = { readonly eventId: EventId; readonly version: number };

export type LayoutReads = {
  /** Null for an unknown version; the version 0 is never stored. */
  find(of: EventLayout): Promise<Layout | null>;
};

/** Layouts inside a transaction. */
export type Layouts = LayoutReads & {
  /** Adds a version that the event does not have yet. Returns the SHA-256 of the layout, in hex. */
  add(of: EventLayout, layout: Layout): Promise<string>;
};
