import { signal } from '@preact/signals';
import { readPreference, writePreference } from '../../shared/browser-storage.ts';
import { type Sound, createSound } from './sound.ts';

const ON = 'on';

/** Whether the fan wants a sound; remembered, because it needs no permission. */
export const wantsSound = signal(readPreference('turn-sound') === ON);
/** Whether the browser lets it play now. */
export const isSoundReady = signal(false);

let sound: Sound | null = null;

/** Lets the sound play later; works within a click. */
export async function prepareSound(): Promise<void> {
  sound ??= createSound();
  await sound?.prepare();
  isSoundReady.value = sound?.isReady() ?? false;
}

export async function changeSound(isWanted: boolean): Promise<void> {
  wantsSound.value = isWanted;
  writePreference('turn-sound', isWanted ? ON : '');
  if (isWanted) await prepareSound();
}

export function playSound(): void {
  if (wantsSound.value && sound?.isReady() === true) sound.play();
}

type NotificationState = 'unsupported' | 'default' | 'granted' | 'denied';

export const notificationState = signal<NotificationState>(
  globalThis.Notification === undefined ? 'unsupported' : Notification.permission,
);

/** Asks the browser for the permission, and shows how a notification looks; call it within a click. */
export async function askForNotifications(title: string, body: string): Promise<void> {
  notificationState.value = await Notification.requestPermission();
  notify(title, body, 'turn-example');
}

/** Shows a notification that brings the fan back to this page. One for all tabs with the same `tag`. */
export function notify(title: string, body: string, tag: string): void {
  if (notificationState.value !== 'granted') return;
  try {
    const notification = new Notification(title, { body, tag, requireInteraction: true });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
    });
  } catch {
    notificationState.value = 'unsupported'; // browsers of phones show those of service workers only
  }
}
