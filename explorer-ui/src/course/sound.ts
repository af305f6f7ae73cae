// Tones for the timer, made by the browser itself: nothing is loaded.

let context: AudioContext | null = null;

/** A browser plays nothing before somebody has clicked or typed on the page, so this is called then. */
export function prepareSound(): void {
  try {
    context ??= new AudioContext();
    void context.resume().catch(() => {});
  } catch {
    // A browser without sound: the end is only seen.
  }
}

/** One short tone, or several, each higher than the one before. */
export function play(tones: number): void {
  prepareSound();
  if (context === null) return;
  for (let tone = 0; tone < tones; tone += 1) {
    const begin = context.currentTime + tone * 0.45;
    const [source, volume] = [context.createOscillator(), context.createGain()];
    source.frequency.value = 440 * 1.26 ** tone;
    volume.gain.setValueAtTime(0.0001, begin);
    volume.gain.exponentialRampToValueAtTime(0.35, begin + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.4);
    source.connect(volume).connect(context.destination);
    source.start(begin);
    source.stop(begin + 0.42);
  }
}
