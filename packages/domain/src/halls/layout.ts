import type { Money } from '../shared/money.ts';

/**
 * How the seats of a date are arranged and what they cost. Seats are numbered from 1 in the order of the layout: by
 * section, row and seat. The number is the identity of the seat.
 */
export type Layout = {
  /** Where the stage is, in the coordinates of the seats. */
  readonly stage?: Point;
  readonly categories: readonly Category[];
  readonly sections: readonly Section[];
};

/** Coordinates have no unit; y grows away from the top edge of the map, as on a screen. */
export type Point = { readonly x: number; readonly y: number };

/** A price category. */
export type Category = {
  /** Names the category in seats, routes and requests. */
  readonly key: string;
  readonly name: string;
  readonly price: Money;
  /** `#rrggbb`. */
  readonly colour: string;
};

/** In a STANDING section a number is a place to stand, and seats beside each other mean nothing. */
export type SectionKind = 'SEATED' | 'STANDING';

export type Section = {
  readonly name: string;
  readonly kind: SectionKind;
  /** The corners of the section on the map, in order; empty for none. */
  readonly outline: readonly Point[];
  readonly rows: readonly Row[];
};

/** The seats of a row are beside each other in this order. */
export type Row = { readonly label: string; readonly seats: readonly LayoutSeat[] };

export type LayoutSeat = Point & {
  /** As it is written on the seat. */
  readonly label: string;
  /** The key of a category. */
  readonly category: string;
  /** How good the seat is: 1 is the best, and seats may share a rank. */
  readonly rank?: number;
  /** For a wheelchair. */
  readonly accessible?: boolean;
  /** The label of an accessible seat of the row, for the companion of whose fan the seat is. */
  readonly companionOf?: string;
  /** What stands in the way of the view. */
  readonly obstructedView?: string;
  /** Why the house keeps the seat back from the start. */
  readonly blocked?: string;
};

/** A seat as fans find it in the hall. */
export type SeatPlace = { readonly section: string; readonly row: string; readonly label: string };

export const SECTIONS_MAX = 200;
export const CATEGORIES_MAX = 50;
export const OUTLINE_POINTS_MAX = 200;
/** Of every coordinate, in both directions. */
export const COORDINATE_MAX = 1_000_000;
export const RANK_MAX = 1_000_000;
/** The lengths of texts, in characters. */
export const NAME_LENGTH_MAX = 100;
export const LABEL_LENGTH_MAX = 20;
export const NOTE_LENGTH_MAX = 200;
