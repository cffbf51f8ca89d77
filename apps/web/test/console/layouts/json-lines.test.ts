import { describe, expect, it } from 'vitest';
import { lineOfPointer } from '../../../src/console/layouts/json-lines.ts';

const TEXT = `{
  "categories": [
    { "key": "a\\"]", "price": 1 },
    { "key": "b",
      "price": -2 }
  ],
  "empty": [],
  "a/b~c": { "": 3 },
  "sections": [[1, [2,
    3]], { "rows": null }]
}`;

describe('lineOfPointer', () => {
  it.each([
    ['', 1],
    ['/categories', 2],
    ['/categories/0/price', 3],
    ['/categories/1/price', 5],
    ['/a~1b~0c/', 8],
    ['/sections/0/1/1', 10],
    ['/sections/1/rows', 10],
  ])('finds %j on line %d', (pointer, line) => {
    expect(lineOfPointer(TEXT, pointer)).toBe(line);
  });

  it.each([
    ['/categories/2', 2],
    ['/categories/1/colour', 4],
    ['/empty/0', 7],
    ['/sections/1/rows/0', 10],
    ['/nothing', 1],
    ['/categories/x', 2],
  ])('finds the parent of %j, which is not there, on line %d', (pointer, line) => {
    expect(lineOfPointer(TEXT, pointer)).toBe(line);
  });

  it('reads a hall of 50,000 seats to its end', () => {
    const seats = Array.from({ length: 50_000 }, (_, x) => ({ label: `${x}`, x, y: 0, category: 'a' }));
    const text = JSON.stringify({ sections: [{ rows: [{ seats }] }] }, null, 1);

    const line = lineOfPointer(text, '/sections/0/rows/0/seats/49999/category');
    expect(text.split('\n')[line - 1]).toContain('"category"');
  });

  it('finds a member on the same line in minified text', () => {
    expect(lineOfPointer('{"a":{"b":[1,{"c":"}"},2]}}', '/a/b/2')).toBe(1);
  });
});
