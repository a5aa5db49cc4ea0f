/** A first-in first-out line with O(1) at both ends (`Array.shift` moves everything). */
export class Fifo<Item> {
  private items: (Item | undefined)[] = [];
  private head = 0;

  get size(): number {
    return this.items.length - this.head;
  }

  push(item: Item): void {
    this.items.push(item);
  }

  peek(): Item | undefined {
    return this.items[this.head];
  }

  shift(): Item | undefined {
    const item = this.items[this.head];
    if (this.head < this.items.length) this.items[this.head++] = undefined;
    // Half of the array is gone: give the memory back, paid for by the shifts before.
    if (this.head > 64 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }

  /** Takes out every item that `leaves` says true for, keeping the order of the others. */
  removeWhere(leaves: (item: Item) => boolean): Item[] {
    const gone: Item[] = [];
    const kept: Item[] = [];
    for (const item of this.items.slice(this.head) as Item[])
      (leaves(item) ? gone : kept).push(item);
    this.items = kept;
    this.head = 0;
    return gone;
  }
}
