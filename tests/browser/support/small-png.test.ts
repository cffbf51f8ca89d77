import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { encodeSmallPng } from './small-png.ts';

/** A picture of one row with these shades of grey. */
function rowOf(shades: readonly number[]) {
  return {
    width: shades.length,
    height: 1,
    data: Uint8Array.from(shades.flatMap((shade) => [shade, shade, shade, 255])),
  };
}

function shadesOf(png: Buffer): number[] {
  return [...PNG.sync.read(png).data].filter((_, index) => index % 4 === 0);
}

test('a picture of few colours stays as it is', () => {
  expect(shadesOf(encodeSmallPng(rowOf([0, 17, 255, 17])))).toEqual([0, 17, 255, 17]);
});

test('a rare colour becomes the nearest of the frequent ones', () => {
  const frequent = Array.from({ length: 96 }, (_, index) => index * 2);
  const shades = shadesOf(encodeSmallPng(rowOf([...frequent, ...frequent, 255])));
  expect(shades).toEqual([...frequent, ...frequent, 190]);
});
