/** Enough that the disk is never waited for, few enough that what was read ahead stays small. */
const ahead = 16;

/** What the work makes of each item, in the order of the items, with some work begun ahead of its turn. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Awaited<Result>> {
  const begun: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Thrown when its turn comes; until then it must not count as unhandled.
    result.catch(() => {});
    begun.push(result);
    if (begun.length >= ahead) yield await begun.shift()!;
  }
  while (begun.length > 0) yield await begun.shift()!;
}
