import GithubSlugger from 'github-slugger';
import { type Token, type Tokens, lexer, walkTokens } from 'marked';

/** What a Markdown document refers to, and what others can refer to in it. */
export type MarkdownDocument = {
  /** The targets of links and images, as written. */
  readonly links: readonly string[];
  /** The words of inline code; code blocks are left out. */
  readonly codeWords: readonly string[];
  /** The fragments that GitHub gives to the headings, and the ids of HTML elements. */
  readonly anchors: ReadonlySet<string>;
};

export function readDocument(markdown: string): MarkdownDocument {
  const links: string[] = [];
  const codeWords: string[] = [];
  const anchors = new Set<string>();
  const slugger = new GithubSlugger();
  void walkTokens(lexer(markdown), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
    if (token.type === 'codespan') codeWords.push(...(token as Tokens.Codespan).text.split(/\s+/));
    if (token.type === 'heading') anchors.add(slugger.slug(plainText(token)));
    if (token.type === 'html')
      for (const [, id = ''] of token.raw.matchAll(/\b(?:id|name)="([^"]+)"/g)) anchors.add(id);
  });
  return { links, codeWords, anchors };
}

/** A heading without its markup. */
function plainText(token: Token): string {
  if ('tokens' in token && token.tokens !== undefined) return token.tokens.map(plainText).join('');
  return 'text' in token ? String(token.text) : '';
}
