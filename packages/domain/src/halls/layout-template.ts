import type { Version } from '../catalog/concert.ts';
import type { LayoutTemplateId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';

/** A stored layout. A date copies it, so that a later change of the template changes no date. */
export type LayoutTemplate = {
  readonly id: LayoutTemplateId;
  /** No other template has this name. */
  readonly name: string;
  readonly seatCount: number;
  readonly version: Version;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};
