import { effect, signal } from '@preact/signals';
import { readPreference, writePreference } from './browser-storage.ts';

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = signal<Theme>(THEMES.find((known) => known === readPreference('theme')) ?? 'system');

/** Keeps the document and the preference equal to `theme`. */
export function applyTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    writePreference('theme', theme.value);
  });
}
