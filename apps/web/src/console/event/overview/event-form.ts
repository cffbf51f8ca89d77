import type { Event, EventPatch } from '@frontrow/client';
import { type Signal, signal } from '@preact/signals';

/** What can be changed of a date, as the texts of its form. */
export type EventTexts = {
  readonly venue: string;
  readonly startsAt: string;
  readonly timeZone: string;
  readonly reservationStartAt: string;
  readonly reservationEndAt: string;
  readonly refundUntil: string;
  readonly accessibleReleaseAt: string;
  readonly seatCount: string;
  readonly price: string;
};

export const EVENT_LABELS: Readonly<Record<keyof EventTexts, string>> = {
  venue: 'Venue',
  startsAt: 'Starts',
  timeZone: 'Time zone of the venue',
  reservationStartAt: 'Sales open',
  reservationEndAt: 'Sales close',
  refundUntil: 'Refunds until',
  accessibleReleaseAt: 'Accessible seats for everybody from',
  seatCount: 'Seats',
  price: 'Price in won',
};

export const EVENT_MEMBERS = Object.keys(EVENT_LABELS) as readonly (keyof EventTexts)[];

export type EventForm = { readonly [Name in keyof EventTexts]: Signal<string> };

export function textsOfEvent(event: Event): EventTexts {
  const entries = EVENT_MEMBERS.map((name) => [name, String(event[name] ?? '')]);
  return Object.fromEntries(entries) as EventTexts;
}

export function createEventForm(texts: EventTexts): EventForm {
  return Object.fromEntries(EVENT_MEMBERS.map((name) => [name, signal(texts[name])])) as EventForm;
}

export function readEventForm(form: EventForm): EventTexts {
  return Object.fromEntries(EVENT_MEMBERS.map((name) => [name, form[name].value])) as EventTexts;
}

/** What differs from the date as it was read: only this is sent, so that it overwrites nothing else. */
export function patchOf(before: EventTexts, after: EventTexts): EventPatch {
  const changed = EVENT_MEMBERS.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(changed.map((name) => [name, valueOf(name, after[name])]));
}

function valueOf(name: keyof EventTexts, text: string): string | number | null {
  if (name === 'seatCount' || name === 'price') return Number(text);
  return name === 'accessibleReleaseAt' && text === '' ? null : text;
}
