import { effect, signal } from '@preact/signals';
import { readPreference, writePreference } from '../browser-storage.ts';

const LOCALES = ['en', 'ko'] as const;
type Locale = (typeof LOCALES)[number];

/** A text of a feature in every language. */
export type Translated<Texts> = Readonly<Record<Locale, Texts>>;

export const locale = signal<Locale>(chooseLocale());

/** The first language of the browser that the page has, unless the fan chose one before. */
function chooseLocale(): Locale {
  const wanted = [readPreference('locale') ?? '', ...navigator.languages];
  const found = wanted.map((tag) => tag.split('-')[0]).find((language) => isLocale(language));
  return (found as Locale | undefined) ?? 'en';
}

function isLocale(language: string | undefined): boolean {
  return LOCALES.some((known) => known === language);
}

/** Changes the language and remembers it. */
export function changeLocale(chosen: Locale): void {
  writePreference('locale', chosen);
  locale.value = chosen;
}

/** Keeps the language of the document equal to `locale`. */
export function applyLocale(): void {
  effect(() => {
    document.documentElement.lang = locale.value;
  });
}

/** The texts of the current language. A component that reads them renders again when the language changes. */
export function textsOf<Texts>(messages: Translated<Texts>): Texts {
  return messages[locale.value];
}
