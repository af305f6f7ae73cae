// Answers that are worth keeping: asked for once, shared while they are on their way, the latest kept.

export class Answers<T> {
  private readonly kept = new Map<string, T>();
  private readonly awaited = new Map<string, Promise<T>>();

  /** `most` bounds the sizes of what is kept, 1 each if nobody says. */
  constructor(private readonly most: number, private readonly size: (answer: T) => number = () => 1) {}

  get(key: string): T | undefined {
    const answer = this.kept.get(key);
    if (answer !== undefined) this.keep(key, answer);
    return answer;
  }

  keep(key: string, answer: T): void {
    this.kept.delete(key);
    this.kept.set(key, answer);
    let size = 0;
    for (const each of this.kept.values()) size += this.size(each);
    for (const [oldest, each] of this.kept) {
      if (size <= this.most || oldest === key) break;
      this.kept.delete(oldest);
      size -= this.size(each);
    }
  }

  /** The answer that is kept or on its way, else what `how` asks for. */
  async ask(key: string, how: () => Promise<T>): Promise<T> {
    const known = this.get(key) ?? this.awaited.get(key);
    if (known !== undefined) return known;
    const coming = how();
    this.awaited.set(key, coming);
    try {
      const answer = await coming;
      this.keep(key, answer);
      return answer;
    } finally {
      this.awaited.delete(key);
    }
  }
}
