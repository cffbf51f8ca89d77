import { type ExpectedVersions, type Version, expectVersion } from '@frontrow/domain/catalog/concert.ts';
import { type NotFound, type PreconditionFailed, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';

/** Refuses what does not exist, or whose version the caller has not read. */
export function expectCurrent<Stored extends { readonly version: Version }>(
  current: Stored | null,
  what: 'concert' | 'event' | 'layout template',
  expected: ExpectedVersions,
): Result<Stored, NotFound | PreconditionFailed> {
  if (current === null) return refuse(notFound(what));
  const isExpected = expectVersion(current, expected);
  return isExpected.ok ? ok(current) : isExpected;
}
