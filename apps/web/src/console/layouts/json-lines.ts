/**
 * The line of a JSON text, from 1, where the value at a JSON pointer (RFC 6901) begins, or the last one on the way to it that
 * is there. The text has to be valid JSON.
 */
export function lineOfPointer(text: string, pointer: string): number {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = skipSpace(text, 0);
  for (const name of names) {
    const member = text[at] === '{' ? memberAt(text, at, name) : entryAt(text, at, name);
    if (member === null) break;
    at = member;
  }
  return countLines(text, at);
}

/** Where the member of an object begins; null without it. */
function memberAt(text: string, start: number, name: string): number | null {
  let at = skipSpace(text, start + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (key === name) return value;
    at = skipSpace(text, skipSpace(text, endOfValue(text, value)) + 1);
  }
  return null;
}

/** Where the entry of a list begins; null without it, and for what is no list. */
function entryAt(text: string, start: number, index: string): number | null {
  if (text[start] !== '[' || !/^\d+$/.test(index)) return null;
  let at = skipSpace(text, start + 1);
  for (let count = 0; count < Number(index); count += 1) {
    const end = skipSpace(text, endOfValue(text, at));
    if (text[end] !== ',') return null;
    at = skipSpace(text, end + 1);
  }
  return text[at] === ']' ? null : at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (' \t\r\n'.includes(text[at] ?? '-')) at += 1;
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else {
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      at += 1;
    }
    const next = text[at];
    if (depth === 0 && (next === undefined || ',]}'.includes(next))) return at;
  } while (at < text.length);
  return at;
}

function countLines(text: string, end: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
