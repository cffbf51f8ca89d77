/** Frequencies in Hz of the three notes, a fourth and a third apart. */
const NOTES = [523.25, 698.46, 880];
const NOTE_S = 0.28;
const VOLUME = 0.2;

export type Sound = {
  /** Whether the browser lets it play: only after the fan has touched the page. */
  readonly isReady: () => boolean;
  /** Asks the browser to let it play; works within a click. */
  readonly prepare: () => Promise<void>;
  readonly play: () => void;
};

/** A call of three notes, twice, that is generated and needs no file. Null where the browser has no WebAudio. */
export function createSound(): Sound | null {
  if (globalThis.AudioContext === undefined) return null;
  const audio = new AudioContext();
  return {
    isReady: () => audio.state === 'running',
    prepare: () => audio.resume(),
    play() {
      for (const [index, frequency] of [...NOTES, ...NOTES].entries()) {
        const pauseS = index >= NOTES.length ? NOTE_S : 0;
        playNote(audio, frequency, audio.currentTime + index * NOTE_S + pauseS);
      }
    },
  };
}

function playNote(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + NOTE_S);
}
