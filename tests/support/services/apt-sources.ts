/** One entry of apt's sources, in either of its two formats. */
export type AptSource = {
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** The other fields by their deb822 names in lower case: `signed-by`, `trusted`, … */
  readonly options: ReadonlyMap<string, string>;
};

/** Parses a `.sources` file (deb822: stanzas of `Field: value`, continued by indented lines). */
export function parseDeb822(text: string): AptSource[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const stanzas = lines.join('\n').split(/\n[ \t]*\n/);
  return stanzas.flatMap((stanza) => {
    const fields = new Map<string, string>();
    for (const [, name = '', value = ''] of stanza.matchAll(/^([\w-]+):[ \t]*(.*(?:\n[ \t]+.*)*)/gm)) {
      fields.set(name.toLowerCase(), value.trim());
    }
    if (fields.get('enabled')?.toLowerCase() === 'no') return [];
    const take = (name: string) => {
      const value = fields.get(name) ?? '';
      fields.delete(name);
      return words(value);
    };
    const [types, uris, suites, components] = [
      take('types'),
      take('uris'),
      take('suites'),
      take('components'),
    ];
    return uris.length === 0 ? [] : [{ types, uris, suites, components, options: fields }];
  });
}

/** Parses a `.list` file (one line each: `deb [option=value …] uri suite component …`). */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (found === null) return [];
    const [, type = '', optionText = '', uri = '', suite = '', rest = ''] = found;
    const options = new Map<string, string>();
    for (const option of words(optionText)) {
      const [name = '', value = ''] = option.split('=');
      options.set(name.toLowerCase(), value.replaceAll(',', ' '));
    }
    return [{ types: [type], uris: [uri], suites: [suite], components: words(rest), options }];
  });
}

/** The deb822 text of a source, for a file `*.sources`. */
export function formatDeb822(source: AptSource): string {
  const fields = [
    `Types: ${source.types.join(' ')}`,
    `URIs: ${source.uris.join(' ')}`,
    `Suites: ${source.suites.join(' ')}`,
    `Components: ${source.components.join(' ')}`,
    ...[...source.options].map(
      ([name, value]) => `${name}: ${value.startsWith('-----') ? `\n ${value}` : value}`,
    ),
  ];
  return `${fields.join('\n')}\n\n`;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
